"""The packages that an embedder needs and most owners go without: loaded when one is set up, not before."""

import importlib
from typing import Any

from backstory.errors import SettingsError


def extra(name: str) -> Any:  # noqa: ANN401 - a module; what types these have say too little or are wrong
    """One of the packages in the extra `embedder`. Raises SettingsError where it is not installed."""
    try:
        return importlib.import_module(name)
    except ImportError as error:
        raise SettingsError(f"an embedder needs {name}: pip install -r requirements/embedder.txt") from error
