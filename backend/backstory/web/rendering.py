"""Templates to pages for people, under a policy that lets them run and load only what is ours."""

import base64
import hashlib
from collections.abc import Mapping
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from starlette.responses import HTMLResponse

from backstory.web.places import WAYS
from backstory.web.wording import counted, label, spoken_day


def _sheet(name: str) -> tuple[str, str]:
    """A style sheet, and its digest as a policy names it."""
    css = files("backstory.web").joinpath("templates", name).read_text("utf-8")
    return css, f"sha256-{base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()}"


_CSS, STYLE_HASH = _sheet("page.css")
_OWNER_CSS, _OWNER_HASH = _sheet("owner.css")
"""Style sheets stand in the page itself; a policy allows them by what they are."""

_POLICY = (
    f"default-src 'none'; script-src 'self'; style-src '{STYLE_HASH}' '{_OWNER_HASH}'; img-src data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'"
)
# Browsers name the origin of a form only where they may name it as a referrer too: `null` would be refused.
_HEADERS = {"Content-Security-Policy": _POLICY, "Referrer-Policy": "same-origin"}

_TEMPLATES = Environment(
    loader=PackageLoader("backstory.web"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
)
_TEMPLATES.globals["css"] = Markup(_CSS)  # noqa: S704 - our own file
_TEMPLATES.globals["owner_css"] = Markup(_OWNER_CSS)  # noqa: S704 - as above
_TEMPLATES.globals["style_hash"] = STYLE_HASH
_TEMPLATES.globals["ways"] = WAYS
_TEMPLATES.filters["counted"] = counted
_TEMPLATES.filters["label"] = label
_TEMPLATES.filters["spoken_day"] = spoken_day


def render(template: str, **values: object) -> str:
    """A template, filled in."""
    return _TEMPLATES.get_template(template).render(**values)


def answer(
    template: str, *, status: int = 200, headers: Mapping[str, str] | None = None, **values: object
) -> HTMLResponse:
    """A page of the service's own."""
    return HTMLResponse(render(template, **values), status, _HEADERS | dict(headers or {}))
