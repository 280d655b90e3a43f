"""Templates to pages for people, under a policy that lets them run and load only what is ours."""

import base64
import hashlib
from collections.abc import Mapping
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from starlette.responses import HTMLResponse

_CSS = files("backstory.web").joinpath("templates", "page.css").read_text("utf-8")
STYLE_HASH = f"sha256-{base64.b64encode(hashlib.sha256(_CSS.encode()).digest()).decode()}"
"""What a policy says to allow the one style sheet, which stands in the page itself."""

_POLICY = (
    f"default-src 'none'; script-src 'self'; style-src '{STYLE_HASH}'; img-src data:; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'"
)
# Browsers name the origin of a form only where they may name it as a referrer too: `null` would be refused.
_HEADERS = {"Content-Security-Policy": _POLICY, "Referrer-Policy": "same-origin"}

_TEMPLATES = Environment(
    loader=PackageLoader("backstory.web"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
)
_TEMPLATES.globals["css"] = Markup(_CSS)  # noqa: S704 - our own file
_TEMPLATES.globals["style_hash"] = STYLE_HASH


def render(template: str, **values: object) -> str:
    """A template, filled in."""
    return _TEMPLATES.get_template(template).render(**values)


def answer(
    template: str, *, status: int = 200, headers: Mapping[str, str] | None = None, **values: object
) -> HTMLResponse:
    """A page of the service's own."""
    return HTMLResponse(render(template, **values), status, _HEADERS | dict(headers or {}))
