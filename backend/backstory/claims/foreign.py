"""Attributions in languages other than English: a quotation with a verb of saying beside it.

No tagger and no grammar: the forms of `data/claims/languages.json` are looked for close to a quotation, and the
capitalised words next to the verb name the source. Indirect quotes are not found.
"""

import re
from collections.abc import Iterator
from functools import cache

from backstory.claims import lexicon
from backstory.claims.quotes import Quotation, find_quotations
from backstory.model import Article, Attribution, Span

_REACH = 120  # characters between a quotation and the words that say whose it is
_SHORT_QUOTATION = 3  # words; a shorter one is a title or a word held at arm's length
_NAME = r"(?:(?:[^\W\d_a-zà-ÿ][\w.’'-]*|von|van|der|den|de|di|da|del|la|le|el|al|bin)\s+){0,5}[^\W\d_a-zà-ÿ][\w’'-]*"
_SENTENCE_END = re.compile(r"[.!?…]\s")


def find_quoted(article: Article, language: str) -> tuple[Attribution, ...]:
    """The quotations of an article whose speaker a verb beside them names; none in an unknown language."""
    cue = _cue_pattern(language)
    if cue is None:
        return ()
    quotations = find_quotations(article.text, article.blocks)
    return tuple(attribution for quotation in quotations if (attribution := _attribution(article, quotation, cue)))


@cache
def _cue_pattern(language: str) -> re.Pattern[str] | None:
    stored = lexicon.stored("languages").get(language)
    if not stored:
        return None
    forms = "|".join(sorted(map(re.escape, [*stored["verbs"], *stored["prepositions"]]), key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{forms})(?!\w)", re.IGNORECASE)


def _attribution(article: Article, quotation: Quotation, cue: re.Pattern[str]) -> Attribution | None:
    text, span = article.text, quotation.span
    if len(span.of(text).split()) < _SHORT_QUOTATION:
        return None
    block = article.blocks[quotation.block].span
    found = next(_cues_beside(text, span, block, cue), None)
    if found is None:
        return None
    source = _source_beside(text, found, block, span)
    return Attribution(
        content=span,
        cue=found,
        source=source,
        name=" ".join(source.of(text).split()) if source else "",
        quote_type="direct",
    )


def _cues_beside(text: str, quotation: Span, block: Span, cue: re.Pattern[str]) -> Iterator[Span]:
    """Verbs of saying in the rest of the sentence after the quotation, then the nearest before it."""
    end = min(block.end, quotation.end + _REACH)
    stop = _SENTENCE_END.search(text, quotation.end, end)
    yield from (Span(*m.span()) for m in cue.finditer(text, quotation.end, stop.start() if stop else end))
    start = max(block.start, quotation.start - _REACH)
    before = [Span(*m.span()) for m in cue.finditer(text, start, quotation.start)]
    yield from (span for span in reversed(before) if not _SENTENCE_END.search(text, span.end, quotation.start))


def _source_beside(text: str, cue: Span, block: Span, quotation: Span) -> Span | None:
    """The name right after the verb, or the one that ends right before it."""
    after = _AFTER.match(text, cue.end, min(block.end, cue.end + _REACH))
    if after and not quotation.overlaps(Span(*after.span(1))):
        return Span(*after.span(1))
    start = max(block.start, cue.start - _REACH, quotation.end if quotation.end <= cue.start else 0)
    names = list(_ANY.finditer(text, start, cue.start))
    nearest = names[-1] if names else None
    return Span(*nearest.span()) if nearest and cue.start - nearest.end() <= _NEAR else None


_NEAR = 40  # characters between a source and its verb: "hat … am Montag"
_AFTER = re.compile(rf"\s+(?:(?:der|die|das|le|la|les|el|los|las|il|lo|de|het|o|a)\s+)?({_NAME})")
_ANY = re.compile(_NAME)
