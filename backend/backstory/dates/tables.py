"""The files of data/dates: lexicons, grammars, named events."""

from pkgutil import get_data  # in a tenth of the time that importlib.resources takes to be imported


def read_table(name: str) -> str:
    """The text of one file. Raises FileNotFoundError."""
    data = get_data("backstory", f"data/dates/{name}")
    if data is None:
        raise FileNotFoundError(name)
    return data.decode("utf-8")
