"""Article → attributions: who said what, by which words.

sentences, tagged → cues → contents → quotations without a cue of their own → names
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from backstory.claims.contents import find_contents
from backstory.claims.cues import Cue, find_cues
from backstory.claims.names import Cast, Named, name_source
from backstory.claims.phrases import Sentence
from backstory.claims.quotes import Quotation, continued
from backstory.claims.speech import read_speech
from backstory.model import Article, Attribution, QuoteType, Span

_SHORT_QUOTATION = 4  # words; a shorter one without a cue of its own is a title or a word held at arm's length


@dataclass(frozen=True, slots=True)
class Saying:
    """A cue in its sentence with what it attributes, and the source's name."""

    sentence: Sentence
    cue: Cue
    contents: tuple[Span, ...]
    named: Named


def find_attributions(article: Article) -> tuple[Attribution, ...]:
    """The article's attributions, by where their content begins.

    Content is the words said: an indirect quote's clause, a direct quote with its marks. A quotation that its
    cue interrupts is one attribution for each stretch, with the same source and cue.
    """
    read, quotations = read_speech(article)
    sayings = _sayings(read)
    found = [*_with_cues(article.text, sayings, quotations)]
    taken = [attribution.content for attribution in found]
    found += _carried(
        article, sayings, [q for q in quotations if not any(q.span.overlaps(t) for t in taken)], quotations
    )
    unique = {(a.content, a.cue): a for a in found}
    return tuple(sorted(unique.values(), key=_place))


def _place(attribution: Attribution) -> tuple[Span, Span]:
    return attribution.content, attribution.cue


def _sayings(read: Sequence[Sentence]) -> list[Saying]:
    cast, sayings = Cast(), []
    for sentence in read:
        cast.meet(sentence)
        for cue, ranges in find_contents(sentence, find_cues(sentence)):
            named = name_source(sentence, cue.source, cast) if cue.source else Named("")
            if named.person:
                cast.speaker = named.name
            contents = tuple(sentence.tokens.span(*tokens) for tokens in ranges)
            sayings.append(Saying(sentence, cue, contents, named))
    return sayings


def _with_cues(text: str, sayings: Iterable[Saying], quotations: Sequence[Quotation]) -> Iterable[Attribution]:
    for saying in sayings:
        for content in saying.contents:
            whole, kind = _widened(text, content, quotations)
            yield _attribution(saying, whole, kind)


def _widened(text: str, content: Span, quotations: Sequence[Quotation]) -> tuple[Span, QuoteType]:
    """Content with every quotation it touches taken whole, and how much of it is quoted."""
    touched = [quotation.span for quotation in quotations if quotation.span.overlaps(content)]
    start = min([content.start, *(span.start for span in touched)])
    end = max([content.end, *(span.end for span in touched)])
    whole = Span(start, end)
    if not touched:
        return whole, "indirect"
    rest = whole.of(text)
    for span in touched:
        rest = rest.replace(span.of(text), " ")
    return whole, "mixed" if any(c.isalnum() for c in rest) else "direct"


def _attribution(saying: Saying, content: Span, kind: QuoteType) -> Attribution:
    tokens, cue = saying.sentence.tokens, saying.cue
    return Attribution(
        content=content,
        cue=tokens.span(cue.first, cue.after),
        source=tokens.span(*cue.source) if cue.source else None,
        name=saying.named.name,
        publisher=saying.named.publisher,
        quote_type=kind,
    )


def _carried(
    article: Article, sayings: Sequence[Saying], loose: Sequence[Quotation], quotations: Sequence[Quotation]
) -> Iterable[Attribution]:
    """Quotations without a cue of their own, given to who was speaking."""
    goes_on = {b.span for b, on in zip(quotations, continued(quotations), strict=True) if on}
    for quotation in loose:
        words = len(quotation.span.of(article.text).split())
        if words < _SHORT_QUOTATION and quotation.span not in goes_on:
            continue
        saying = _speaking(article, sayings, quotation, carried=quotation.span in goes_on)
        if saying:
            yield _attribution(saying, quotation.span, "direct")


def _speaking(article: Article, sayings: Sequence[Saying], quotation: Quotation, *, carried: bool) -> Saying | None:
    """The last saying before a quotation in its block; in the block before where nothing but it stands in its own."""
    before = [s for s in sayings if s.sentence.span.start < quotation.span.start and "quote" in s.cue.frames]
    if not before or not _stands_alone(article.text, quotation):
        return None
    last = before[-1]
    if last.sentence.block == quotation.block:
        return last
    block = article.blocks[quotation.block].span
    fills = not any(c.isalnum() for c in article.text[block.start : quotation.span.start])
    near = last.sentence.block == quotation.block - 1
    return last if fills and (near or carried) else None


def _stands_alone(text: str, quotation: Quotation) -> bool:
    """Whether a quotation is a sentence of its own and not a part of one."""
    before = text[: quotation.span.start].rstrip()
    return not before or before[-1] in '.!?…:"”’»“),' or before[-1].isspace()
