"""What is written for people agrees with what stands in the tree."""

import re
from pathlib import Path
from typing import get_args

import pytest

from backstory import model

_ROOT = Path(__file__).parents[2]
_PROSE = sorted([*_ROOT.glob("*.md"), *_ROOT.glob("docs/**/*.md")])
_LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)\s]*)?\)")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)

_VOCABULARIES = ("Abstention", "QuoteType", "ReasonKind", "Relation", "TimexType")


def _named_in(document: str) -> str:
    return (_ROOT / document).read_text("utf-8")


@pytest.mark.parametrize("document", _PROSE, ids=lambda path: str(path.relative_to(_ROOT)))
def test_every_link_within_the_repository_leads_somewhere(document):
    links = _LINK.findall(_COMMENT.sub("", document.read_text("utf-8")))

    assert not [link for link in links if "://" not in link and not (document.parent / link).exists()]


@pytest.mark.parametrize("vocabulary", _VOCABULARIES)
def test_the_glossary_explains_each_word_of_the_wire(vocabulary):
    glossary = _named_in("docs/glossary.md")

    assert not [word for word in get_args(getattr(model, vocabulary)) if f"`{word}`" not in glossary]


def test_the_architecture_names_each_module_and_room():
    architecture = _named_in("ARCHITECTURE.md")
    package = _ROOT / "backend" / "backstory"
    modules = {path.name for path in package.glob("*.py") if not path.name.startswith("__")}
    rooms = {f"{path.name}/" for path in package.iterdir() if path.is_dir() and path.name != "__pycache__"}

    assert rooms
    assert not [name for name in modules | rooms if name not in architecture]


def test_decisions_are_numbered_from_one_and_each_is_listed():
    decisions = sorted(path for path in _ROOT.glob("docs/decisions/*.md") if path.name != "README.md")
    index = _named_in("docs/decisions/README.md")

    assert [int(path.name[:4]) for path in decisions] == list(range(1, len(decisions) + 1))
    assert all(path.name in index for path in decisions)


def test_a_decision_says_its_context_its_choice_and_what_follows():
    decisions = [path for path in _ROOT.glob("docs/decisions/*.md") if path.name != "README.md"]

    assert all(
        re.findall(r"^## (.+)$", path.read_text("utf-8"), re.MULTILINE) == ["Context", "Decision", "Consequences"]
        for path in decisions
    )
