"""An annotated article on a terminal: the article, its claims underlined, and what had been reported before."""

from datetime import date
from typing import Any

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.style import Style
from rich.text import Text

from backstory.web.drawing import Drawing, Paragraph, Prior
from backstory.web.wording import spoken_day

_WIDTH = 96  # columns at most; longer lines are hard to read
_CLAIM, _DATE, _QUIET, _PRIOR = "underline", "cyan", "dim", "yellow"


def print_drawing(drawing: Drawing) -> None:
    """Write an article to standard output."""
    console = Console(highlight=False)
    console.width = min(console.width, _WIDTH)
    for part in _parts(drawing):
        console.print(part)


def print_search(answer: dict[str, Any]) -> None:
    """Write what a search found to standard output."""
    console = Console(highlight=False)
    for article in answer["articles"]:
        head = f"{spoken_day(date.fromisoformat(article['published'][:10]))} · {article['publisher']}".rstrip(" ·")
        copies = f" · the same report in {article['copies']} other places" if article["copies"] else ""
        console.print(Text(head + copies, _QUIET))
        console.print(Text(article["title"] or article["url"], Style(bold=True)))
        console.print(Text(" ".join(article["passage"].split())))
        console.print(Text(article["url"], _QUIET), soft_wrap=True)
        console.print()
    console.print(Text(f"{len(answer['articles']):,} of {answer['total']:,} articles", _QUIET))


def _parts(drawing: Drawing) -> list[RenderableType]:
    parts: list[RenderableType] = [Text(drawing.headline, "bold"), Text(drawing.byline, _QUIET), Text()]
    for paragraph in drawing.paragraphs:
        parts += [_words(paragraph), *_notes(paragraph), Text()]
    if drawing.background:
        parts += [Text("Background to the whole article", "bold"), *map(_prior, drawing.background), Text()]
    return [*parts, Text(f"{drawing.claims} claims, {drawing.linked} of them with earlier coverage.", _QUIET)]


def _words(paragraph: Paragraph) -> Text:
    text = Text()
    for piece, following in zip(paragraph.pieces, (*paragraph.pieces[1:], None), strict=True):
        text.append(piece.words, " ".join(style for style, on in ((_CLAIM, piece.card), (_DATE, piece.date)) if on))
        if piece.card and (following is None or following.card != piece.card):
            text.append(f" [{piece.card}]", _PRIOR)
    return text


def _notes(paragraph: Paragraph) -> list[RenderableType]:
    dates: list[RenderableType] = [
        Text.assemble((words, _DATE), (f"  {reading}", _QUIET)) for words, reading in paragraph.dates
    ]
    cards = [
        Group(Text(f"[{card.number}] reported before:", _PRIOR), *map(_prior, card.priors)) for card in paragraph.cards
    ]
    return [Padding(note, (0, 0, 0, 4)) for note in (*dates, *cards)]


def _prior(prior: Prior) -> RenderableType:
    headline = Text(prior.headline, Style(bold=True, link=prior.href or None))
    said = [
        Text(prior.byline, _QUIET),
        headline,
        Text(f"“{prior.passage}”", "italic"),
        Text(f"{prior.relation}. {prior.why}", _QUIET),
        Text(prior.href, _QUIET, no_wrap=True, overflow="fold"),
    ]
    return Padding(Group(*said), (0, 0, 0, 4))
