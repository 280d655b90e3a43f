"""Every setting, address, problem and command stands in the documents, and nothing else does."""

from pathlib import Path

from starlette.routing import Route

from backstory.cli import main
from backstory.settings import PREFIX, all_settings
from backstory.web.problems import PROBLEMS, TYPE_PREFIX
from backstory.web.routes import routes

_DOCS = Path(__file__).parents[2] / "docs"


def _rows(document):
    """The cells of every row of the document's tables."""
    lines = (_DOCS / document).read_text("utf-8").splitlines()
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("| `")]


def _answered(endpoint):
    """The methods of an endpoint that is a class."""
    return {name.upper() for name in ("get", "post", "put", "patch", "delete") if hasattr(endpoint, name)}


def test_every_setting_is_explained_in_its_own_words():
    rows = {row[0].strip("`"): row for row in _rows("settings.md") if len(row) == 4}

    assert list(rows) == [setting.name for setting in all_settings()]
    for setting in all_settings():
        _, variable, default, sentence = rows[setting.name]
        assert variable == f"`{PREFIX}{setting.name.upper()}`"
        assert sentence == setting.metadata["sentence"]
        if setting.name != "home":
            assert default == (f"`{setting.default}`" if setting.default or setting.default == 0 else "none")


def test_every_address_is_explained_with_its_methods():
    described = {(row[0].strip("`"), row[1]) for row in _rows("api.md") if row[0].startswith("`/")}
    served = {
        (route.path, method)
        for route in routes()
        if isinstance(route, Route)
        for method in (
            route.methods or {name.upper() for name in ("get", "post", "delete") if hasattr(route.endpoint, name)}
        )
        if method != "HEAD"
    }
    assert described == served


def test_every_problem_is_explained_with_its_status():
    described = {row[0].strip("`"): row[1:] for row in _rows("api.md") if row[0].startswith(f"`{TYPE_PREFIX}")}

    assert list(described) == [f"{TYPE_PREFIX}{name}" for name in PROBLEMS]
    for name, problem in PROBLEMS.items():
        status, says = described[f"{TYPE_PREFIX}{name}"]
        assert status == str(problem.status)
        assert says.startswith(problem.title)


def test_every_command_is_explained():
    explained = {row[0].strip("`").split()[1] for row in _rows("operating.md") if row[0].startswith("`backstory ")}
    assert explained == set(main.commands)
