"""What a package holds of what the front page serves."""

import shutil
from pathlib import Path

import pytest
from hatchling.builders.wheel import WheelBuilder

_ROOT = Path(__file__).parents[2]
_BUILT = ("page/overlay.js", "backstory-chromium.zip", "backstory-firefox.zip")


@pytest.fixture
def checkout(tmp_path):
    """A checkout with our packaging and hardly a file in it."""
    for name in ("pyproject.toml", ".gitignore", "README.md", "LICENSE"):
        shutil.copy(_ROOT / name, tmp_path / name)
    for name in ("backend/backstory/web/files.py", "backend/training/train.py", "extension/node_modules/x/dist/x.zip"):
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).touch()
    return tmp_path


def packed(root):
    return {file.distribution_path for file in WheelBuilder(str(root)).recurse_included_files()}


def test_a_package_holds_what_was_built_where_the_service_looks_for_it(checkout):
    for name in _BUILT:
        path = checkout / "extension" / "dist" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()

    assert packed(checkout) == {"backstory/web/files.py"} | {f"backstory/web/built/{name}" for name in _BUILT}


def test_a_package_is_made_where_nothing_was_built(checkout):
    assert packed(checkout) == {"backstory/web/files.py"}
