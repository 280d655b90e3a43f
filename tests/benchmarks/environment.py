"""Environments for peers: made by the first run, kept beside the benchmarks, never part of the product."""

import subprocess
import venv
from hashlib import sha256
from pathlib import Path

_FOLDER = Path(__file__).parent / "output"


def python_with(*requirements: str) -> Path:
    """An interpreter with these packages ("dateparser==1.5.0"), installed where they are not yet."""
    name = sha256("\n".join(sorted(requirements)).encode()).hexdigest()[:12]
    python = _FOLDER / name / "bin" / "python"
    if not python.exists():
        venv.create(_FOLDER / name, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "-qq", "--upgrade", "pip"], check=True)  # noqa: S603
        subprocess.run([python, "-m", "pip", "install", "-qq", *requirements], check=True)  # noqa: S603
    return python
