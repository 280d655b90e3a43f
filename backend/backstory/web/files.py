"""Files as they are: our own scripts, and what `make extension` built.

An installed package holds what was built in `built`; a checkout has it in the extension's own folder. Where it was
not built, pages are drawn without overlays and say how to build it.
"""

from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, Response

from backstory.web.problems import ProblemError

_HERE = Path(__file__).parent
_BUILT = (_HERE / "built", _HERE.parents[2] / "extension" / "dist")

OVERLAY = "page/overlay.js"
"""The overlays for a page of our own, among what was built."""

_TYPES = {".js": "text/javascript", ".zip": "application/zip"}
# By what they are called among what was built; others are our own as they stand.
_SCRIPTS = {"feeds.js": "", "front.js": "", "jobs.js": "", "overlay.js": OVERLAY}
_EXTENSIONS = ("backstory-chromium.zip", "backstory-firefox.zip")


def built(name: str) -> Path | None:
    """A file that the extension's build wrote, if it did."""
    return next((path for folder in _BUILT if (path := folder / name).is_file()), None)


async def script(request: Request) -> Response:
    """A script of our pages."""
    name = request.path_params["name"]
    if name not in _SCRIPTS:
        raise ProblemError("not-found", f"there are {', '.join(_SCRIPTS)}")
    return _sent(built(_SCRIPTS[name]) if _SCRIPTS[name] else _HERE / "static" / name)


async def extension(request: Request) -> Response:
    """The extension for one browser, packed."""
    name = request.path_params["name"]
    if name not in _EXTENSIONS:
        raise ProblemError("not-found", f"there are {' and '.join(_EXTENSIONS)}")
    return _sent(built(name))


def _sent(path: Path | None) -> Response:
    if path is None:
        raise ProblemError("not-found", "it is not built; `make extension` builds it")
    # A newer build is asked for at once: these files are small, and near.
    return FileResponse(path, media_type=_TYPES[path.suffix], headers={"Cache-Control": "no-cache"})
