"""Article → attributions: who said what, by which words.

sentences, tagged → cues → contents → quotations without a cue of their own → names
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from backstory.claims.contents import find_contents
from backstory.claims.cues import Cue, find_cues
from backstory.claims.foreign import find_quoted
from backstory.claims.language import primary, supported
from backstory.claims.names import Cast, Named, name_source
from backstory.claims.outlets import proper_runs
from backstory.claims.phrases import Sentence
from backstory.claims.quotes import Quotation, continued
from backstory.claims.relays import introduces_excerpt, relay
from backstory.claims.speech import read_speech
from backstory.model import Article, Attribution, QuoteType, Span

_MIXED_FROM = 0.25  # the share of quoted words from which content is mixed; below, words are held at arm's length
_SCARE_QUOTES = 8  # quoted words that a sentence of an excerpt may hold without being somebody's speech
_BLANKS = 8  # white space between a quotation and the mark before it
_BLOCKS_HELD = 2  # a speaker named this many blocks before is still who fills a block with a quotation
_SHORT_QUOTATION = 4  # words; a shorter one without a cue of its own is a title or a word held at arm's length


@dataclass(frozen=True, slots=True)
class Saying:
    """A cue in its sentence with what it attributes, the source's name, and the outlet, if one is known."""

    sentence: Sentence
    cue: Cue
    contents: tuple[Span, ...]
    name: str
    publisher: str


def find_attributions(article: Article) -> tuple[Attribution, ...]:
    """The article's attributions, by where their content begins.

    Content is the words said: an indirect quote's clause, a direct quote with its marks. A quotation that its
    cue interrupts is one attribution for each stretch, with the same source and cue. In other languages than
    English only direct quotes are found.
    """
    if not supported(article.language):
        return find_quoted(article, primary(article.language))
    read, quotations = read_speech(article)
    sayings = _sayings(read)
    found = list(_with_cues(article.text, sayings, quotations))
    loose = _untouched(quotations, found)
    found += _carried(article, sayings, loose, quotations)
    found += _excerpts(article, read, sayings, found)
    unique = {(attribution.content, attribution.cue): attribution for attribution in found}
    return tuple(sorted(unique.values(), key=_place))


def _place(attribution: Attribution) -> tuple[Span, Span]:
    return attribution.content, attribution.cue


def _sayings(read: Sequence[Sentence]) -> list[Saying]:
    cast, sayings = Cast(), []
    for sentence in read:
        runs = proper_runs(sentence)
        cast.meet(sentence, runs)
        for cue, ranges in find_contents(sentence, find_cues(sentence)):
            named = name_source(sentence, cue.source, runs, cast) if cue.source else Named("")
            if named.person:
                cast.speakers.append(named.name)
            taken = (*ranges, cue.source) if cue.source else ranges
            publisher = named.publisher or relay(sentence, runs, taken, cast)
            contents = tuple(sentence.tokens.span(*tokens) for tokens in ranges)
            sayings.append(Saying(sentence, cue, contents, named.name, publisher))
    return sayings


def _with_cues(text: str, sayings: Iterable[Saying], quotations: Sequence[Quotation]) -> Iterable[Attribution]:
    starts = [quotation.span.start for quotation in quotations]
    for saying in sayings:
        for content in saying.contents:
            near = quotations[max(0, bisect_right(starts, content.start) - 1) : bisect_left(starts, content.end)]
            whole, kind = _widened(text, content, near)
            yield _attribution(saying, whole, kind)


def _untouched(quotations: Sequence[Quotation], found: Sequence[Attribution]) -> list[Quotation]:
    """The quotations that no content overlaps."""
    ends: list[int] = []  # how far the contents reach that begin at or before each place
    places = sorted((attribution.content.start, attribution.content.end) for attribution in found)
    for _, end in places:
        ends.append(max(end, ends[-1] if ends else 0))
    starts = [start for start, _ in places]

    def touched(span: Span) -> bool:
        before = bisect_left(starts, span.end)
        return before > 0 and ends[before - 1] > span.start

    return [quotation for quotation in quotations if not touched(quotation.span)]


def _widened(text: str, content: Span, quotations: Sequence[Quotation]) -> tuple[Span, QuoteType]:
    """Content with every quotation it touches taken whole, and how much of it is quoted."""
    touched = [quotation.span for quotation in quotations if quotation.span.overlaps(content)]
    start = min([content.start, *(span.start for span in touched)])
    end = max([content.end, *(span.end for span in touched)])
    whole = Span(start, end)
    if not touched:
        return whole, "indirect"
    quoted = sum(len(span.of(text).split()) for span in touched)
    words = len(whole.of(text).split())
    if quoted >= words:
        return whole, "direct"
    return whole, "mixed" if quoted >= _MIXED_FROM * words else "indirect"


def _attribution(saying: Saying, content: Span, kind: QuoteType) -> Attribution:
    tokens, cue = saying.sentence.tokens, saying.cue
    return Attribution(
        content=content,
        cue=tokens.span(cue.first, cue.after),
        source=tokens.span(*cue.source) if cue.source else None,
        name=saying.name,
        publisher=saying.publisher,
        quote_type=kind,
    )


def _carried(
    article: Article, sayings: Sequence[Saying], loose: Sequence[Quotation], quotations: Sequence[Quotation]
) -> Iterable[Attribution]:
    """Quotations without a cue of their own, given to who was speaking."""
    speaking = [saying for saying in sayings if "quote" in saying.cue.frames and saying.cue.source]
    starts = [saying.sentence.span.start for saying in speaking]
    goes_on = {quotation.span for quotation, on in zip(quotations, continued(quotations), strict=True) if on}
    for quotation in loose:
        carried = quotation.span in goes_on
        before = bisect_left(starts, quotation.span.start)
        long_enough = len(quotation.span.of(article.text).split()) >= _SHORT_QUOTATION
        if before and (long_enough or carried) and _stands_alone(article.text, quotation):
            last = speaking[before - 1]
            if _still_speaking(article, last, quotation, carried=carried):
                yield _attribution(last, quotation.span, "direct")


def _still_speaking(article: Article, last: Saying, quotation: Quotation, *, carried: bool) -> bool:
    """Whether the speaker holds on: in the same block, or where a quotation fills the blocks that follow."""
    if last.sentence.block == quotation.block or carried:
        return True
    block = article.blocks[quotation.block].span
    fills = not any(character.isalnum() for character in article.text[block.start : quotation.span.start])
    return fills and quotation.block - last.sentence.block <= _BLOCKS_HELD


def _excerpts(
    article: Article, read: Sequence[Sentence], sayings: Sequence[Saying], found: Sequence[Attribution]
) -> Iterable[Attribution]:
    """Blocks set apart as quotes, and excerpts of a work that the block before presents in its one sentence."""
    sizes = Counter(sentence.block for sentence in read)
    speaking = {saying.sentence.block: saying for saying in sayings if saying.cue.source}
    quoting = {sentence.block for sentence in read if sum(sentence.quoted) > _SCARE_QUOTES}
    answered = {attribution.content.start for attribution in found}
    for number, block in enumerate(article.blocks[1:], start=1):
        last = speaking.get(number - 1)
        if last is None or block.span.start in answered:
            continue
        presented = sizes[number - 1] == 1 and last.publisher and introduces_excerpt(last.sentence, last.cue)
        if block.kind == "quote" or (presented and number not in quoting):
            yield _attribution(last, block.span, "direct")


def _stands_alone(text: str, quotation: Quotation) -> bool:
    """Whether a quotation is a sentence of its own and not a part of one."""
    before = text[max(0, quotation.span.start - _BLANKS) : quotation.span.start].rstrip()
    return not before or before[-1] in '.!?…:"”’»“),' or before[-1].isspace()
