"""Run measure.py where the ranker can be grown: in an environment that the first run makes, with lightgbm in it."""

import runpy
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

from environment import python_with

_HERE = Path(__file__).parent
_ROOT = _HERE.parents[2]


def main() -> int:
    """Measure here if that is possible, else there."""
    if find_spec("lightgbm"):
        runpy.run_path(str(_HERE / "measure.py"), run_name="__main__")
    python = str(python_with("-r", str(_ROOT / "requirements" / "training.txt")))
    install = [python, "-m", "pip", "install", "--quiet", "--no-deps", "--editable", str(_ROOT)]
    subprocess.run(install, check=True)  # noqa: S603 - ours
    return subprocess.run([python, str(_HERE / "measure.py"), *sys.argv[1:]], check=False).returncode  # noqa: S603


if __name__ == "__main__":
    sys.exit(main())
