"""The tables that the reading room loads: words by section, from `backstory/data/reading`."""

from importlib.resources import files


def sections(name: str) -> dict[str, list[str]]:
    """A table's sections, each as its lines; a line that begins with `#` explains."""
    found: dict[str, list[str]] = {}
    for line in rows(name):
        if line.startswith("["):
            lines = found.setdefault(line.strip("[]"), [])
        else:
            lines.append(line)
    return found


def words(name: str) -> dict[str, tuple[str, ...]]:
    """A table's sections, each as its words."""
    return {section: tuple(" ".join(lines).split()) for section, lines in sections(name).items()}


def rows(name: str) -> list[str]:
    """A table's lines, without what explains them."""
    text = (files("backstory.data") / "reading" / f"{name}.txt").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]
