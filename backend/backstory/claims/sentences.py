"""Article → sentences, by nupunkt, with its known slips put right.

A sentence never runs over the border of a block, and a quotation is not cut off from the words that follow it in
lower case ("Is it over?" she asked).
"""

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

import nupunkt

from backstory.claims import lexicon
from backstory.claims.language import supported
from backstory.model import Article, Span

_BEFORE = 24  # characters looked at on the left of a border: longer than any abbreviation
_AFTER = 60  # and on its right: a name and a verb
# Titles and the like end no sentence; "No." ends none before a number.
_TITLE = re.compile(
    r"(?:^|[\s(“\"'])(?:vs|Gov|Sen|Rep|Gen|Lt|Col|Sgt|Capt|Prof|Rev|Mr|Mrs|Ms|Dr|Supt|Det|Adm|Hon|Pres|cf|e\.g|i\.e"
    r"|approx|ca|Nos?)\.\s*$"
)
_NUMBER_SIGN = re.compile(r"(?:^|[\s(“\"'])Nos?\.\s*$")
_ORDINAL = re.compile(r"(?:^|\s)\d{1,2}\.\s*$")
_LOWER_CASE = re.compile(r"[\"'“‘(\[]*[^\W\d_A-ZÀ-Þ]")
_SHOUTED = re.compile(r"[!?][\"”’»“]\s*$")
# Where “ or « closes, nupunkt takes it to open and misses the border behind it.
_AFTER_ODD_CLOSER = re.compile(r"[.!?…][“«]\s+(?=[^\W\d_a-zß-ÿ]|[„»])")
# It also takes short words for abbreviations ("last month. Vessels"). A whole word in small letters is none; one with
# a capital, or a country's letters, ends a sentence where the next word is one that opens them ("New York. On …").
_ABBREVIATIONS = (
    "etc|vs|approx|dept|est|fig|vol|incl|excl|ext|viz|seq|resp|min|max|gov|gen|rev|sen|rep"
    "|bspw|bzw|evtl|geb|ggf|inkl|sog|usw|vgl|zzgl"
)
_OPENERS = (
    "The|A|An|In|On|At|By|For|From|To|With|As|But|And|So|If|When|While|After|Before|Since|Under|Over|He|She|It|They|We"
    "|You|This|That|These|Those|His|Her|Its|Their|There|Here|Then|However|Also|Some|Most|Many|All|Both|Last"
)
_AFTER_WORD = re.compile(
    rf"""
    \b(?: (?!(?:{_ABBREVIATIONS})\b)[a-z]{{3,}}
        | (?:[A-Z][a-z]{{2,}} | (?:[A-Z]\.){{1,3}}[A-Z]) (?=\.["”’)]*\s+["“‘(]?(?:{_OPENERS})\b)
    )\.["”’)]*\s+(?=["“‘(]?[A-Z])
    """,
    re.VERBOSE,
)


def sentences(article: Article) -> Iterator[tuple[Span, int]]:
    """The sentences of an article with the number of the block each stands in."""
    ordinals = not supported(article.language)
    for number, block in enumerate(article.blocks):
        for span in split_text(article.text, block.span, ordinals=ordinals):
            yield span, number


def split_text(text: str, within: Span | None = None, *, ordinals: bool = False) -> list[Span]:
    """The sentences of a stretch of text, without the white space around them.

    `ordinals` says that "3." may be a day and no end, as in German.
    """
    if not text.strip():
        return []
    within = within or Span(0, len(text))
    stretch = within.of(text)
    ends = {end for _, end in nupunkt.sent_spans(stretch)}
    ends |= {missed.end() for pattern in (_AFTER_ODD_CLOSER, _AFTER_WORD) for missed in pattern.finditer(stretch)}
    borders = (end for end in sorted(ends) if end < len(stretch) and _is_border(stretch, end, ordinals=ordinals))
    cuts = [0, *borders, len(stretch)]
    return [span for start, end in pairwise(cuts) if (span := _trimmed(stretch, start, end, within.start))]


def _is_border(text: str, at: int, *, ordinals: bool) -> bool:
    before, after = text[max(0, at - _BEFORE) : at], text[at : at + _AFTER]
    if "\n" in before[len(before.rstrip()) :]:
        return True
    if _NUMBER_SIGN.search(before):
        return not after[:1].isdigit()
    if ordinals and _ORDINAL.search(before):
        return False
    if _SHOUTED.search(before) and _who_says().match(after):
        return False
    return not (_TITLE.search(before) or _LOWER_CASE.match(after))


@cache
def _who_says() -> re.Pattern[str]:
    """A name and a verb of saying, behind a question or a shout: "Stop!" Ann Lee shouted."""
    verbs = "|".join(sorted(form for form, frames in lexicon.english().verbs.items() if "quote" in frames))
    return re.compile(rf"(?:[A-Z][\w.'’-]*\s+){{1,4}}(?:{verbs})\b")


def _trimmed(text: str, start: int, end: int, shift: int) -> Span | None:
    words = text[start:end]
    left, right = len(words) - len(words.lstrip()), len(words.rstrip())
    return Span(shift + start + left, shift + start + right) if left < right else None
