import subprocess
import sys
from pathlib import Path

_ROOT = Path(__file__).parents[2]


def test_no_arrow_points_up():
    """Who may import whom is written in pyproject.toml, as import-linter's contracts."""
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([linter, "--no-cache"], cwd=_ROOT, capture_output=True, text=True, check=False)  # noqa: S603
    assert done.returncode == 0, done.stdout
