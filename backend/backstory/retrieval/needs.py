"""What a page looks for in the archive: itself, each of its paragraphs, and each of its claims.

A need is a bag of words with weights, and what else is known of it: days, outlets, quoted words. How rare its words
are comes later (`Frequencies`): a need says how much the page itself makes of them.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice, pairwise
from typing import Literal

from backstory.model import Article, Block, Claim, Interval, Options, Publication, Span, TimeExpression
from backstory.retrieval.terms import fold, words
from backstory.retrieval.window import windows
from backstory.retrieval.wording import Word, read_words, within

NAME, NUMBER, PLAIN = 1.4, 1.2, 1.0  # of a claim's own words: what tells one event from another counts more
ANTECEDENT = 0.6  # the name that a pronoun stands for: likely, not certain
FULL_NAME = 0.3  # the rest of a name that the claim shortens
CONTEXT = 0.08  # the whole article, for each time it has the word: "claim + whole article at .05-.1"
MAX_CONTEXT = 3  # times that a word counts as context
MAX_CLAIMS = 32  # of a page, the most check-worthy; an engine's time is bounded by it
MAX_PARAGRAPHS = 12  # of a long page, its first: news puts first what matters
MIN_PARAGRAPH = 6  # words; less is a cross-heading
MIN_PIECE = 3  # different words that make a sentence a piece
MAX_PAGE_WINDOWS = 8  # of a page, its claims' first
MIN_QUOTE = 5  # words of a quotation that are unlikely to be said twice by chance

_SENTENCE_END = re.compile(r"[.!?…][\"”’)]*\s+")
_PRONOUNS = frozenset({"he", "him", "his", "she", "her", "they", "them", "their", "who"})
_BEFORE = 300  # characters before a claim in which a pronoun's name is looked for

_PLAIN = Options()

NeedKind = Literal["page", "paragraph", "claim"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """One thing that a page looks for.

    `weights` are its words before rarity; `windows` the days in which what it speaks of was published, softly;
    `outlet` the outlet it names (folded; `outlet_name` as written) and `outlet_held` whether the archive has it;
    `quote` the words it quotes, all of them, in order.
    """

    kind: NeedKind
    weights: Mapping[str, float]
    names: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()
    windows: tuple[Interval, ...] = ()
    outlet: str = ""
    outlet_name: str = ""
    outlet_held: bool = False
    quote: tuple[str, ...] = ()


_UNASKED = Need(kind="claim", weights={})


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """A page's needs, the page itself first, and every word whose rarity matters.

    `pieces` are what a long page falls into (its paragraphs, a short one's sentences), as their words.
    """

    article: Article
    published: Publication
    claims: tuple[Claim, ...]
    options: Options
    needs: tuple[Need, ...]
    headline: tuple[Word, ...] = ()
    body: tuple[Word, ...] = ()
    pieces: tuple[Mapping[str, float], ...] = ()
    words: frozenset[str] = field(default_factory=frozenset)

    @property
    def own(self) -> frozenset[str]:
        """Addresses of the page itself, which is no earlier coverage of itself."""
        return frozenset({self.article.url})

    @property
    def first_claim(self) -> int:
        """The number of the first claim's need; before it are the page's, 0, and its paragraphs'."""
        return len(self.needs) - len(self.claims)

    @property
    def linked(self) -> tuple[int, ...]:
        """The numbers of the needs to which reports are linked: the page's and the claims', not its paragraphs'."""
        return (0, *range(self.first_claim, len(self.needs)))


def brief(
    article: Article,
    published: Publication,
    claims: tuple[Claim, ...],
    *,
    held: Collection[str] = (),
    options: Options = _PLAIN,
) -> Brief:
    """What the page looks for. `held` are the outlets of the archive, by their names as published."""
    body = read_words(article.body, article.language)
    headline = read_words(article.headline, article.language)
    page = _page(headline, body)
    setting = _Setting(
        text=article.text,
        language=article.language,
        published=published,
        body=body,
        page=page,
        beside=_beside(body),
        context={stem: CONTEXT * min(count, MAX_CONTEXT) for stem, count in page.weights.items()},
        held=frozenset(fold(name) for name in held),
    )
    paragraphs = tuple(_paragraphs(article.blocks, body))
    asked_for = _most_checkworthy(claims)
    linked = tuple(_claim(claim, setting) if claim in asked_for else _UNASKED for claim in claims)
    dated = replace(page, windows=_all_windows(linked))
    needs = (dated, *(paragraphs if len(paragraphs) > 1 else ()), *linked)
    return Brief(
        article=article,
        published=published,
        claims=claims,
        options=options,
        needs=needs,
        headline=headline,
        body=body,
        pieces=_pieces(paragraphs, article, body),
        words=frozenset(word for need in needs for word in need.weights),
    )


def says(page: Brief, number: int) -> tuple[str, ...]:
    """The words of a need, the page's or a claim's, as they stand side by side."""
    place = number - page.first_claim
    text = page.claims[place].text if place >= 0 else f"{page.article.headline}\n{page.article.body}"
    return words(text, page.article.language)


def _most_checkworthy(claims: tuple[Claim, ...]) -> frozenset[Claim]:
    return frozenset(sorted(claims, key=lambda claim: claim.checkworthy, reverse=True)[:MAX_CLAIMS])


def _all_windows(claims: tuple[Need, ...]) -> tuple[Interval, ...]:
    """The days that any claim of the page speaks of."""
    return tuple(dict.fromkeys(window for claim in claims for window in claim.windows))[:MAX_PAGE_WINDOWS]


def _pieces(paragraphs: tuple[Need, ...], article: Article, body: tuple[Word, ...]) -> tuple[Mapping[str, float], ...]:
    if len(paragraphs) > 1:
        return tuple(paragraph.weights for paragraph in paragraphs)
    ends = [match.end() for match in _SENTENCE_END.finditer(article.body)]
    starts = [word.start for word in body]
    bounds = pairwise([0, *(bisect_left(starts, end) for end in ends), len(body)])
    sentences = ([stem for word in body[first:last] for stem in word.stems] for first, last in bounds if first < last)
    counted = (Counter(said) for said in sentences if len(said) >= MIN_PIECE)
    return tuple(islice((piece for piece in counted if len(piece) >= MIN_PIECE), MAX_PARAGRAPHS))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Setting:
    """What a claim is read against: its page, and the outlets (folded) that the archive holds.

    `beside` are the stems of the name that a word stands behind where the page first has it, `context` the weights of
    the page around any claim.
    """

    text: str
    language: str
    published: Publication
    body: tuple[Word, ...]
    page: Need
    beside: Mapping[str, tuple[str, ...]]
    context: Mapping[str, float]
    held: frozenset[str]


def _page(headline: tuple[Word, ...], body: tuple[Word, ...]) -> Need:
    every = (*headline, *body)
    return Need(
        kind="page",
        weights=Counter(stem for word in every for stem in word.stems),
        names=_stems(word for word in every if word.is_name),
        numbers=_stems(word for word in every if word.is_number),
    )


def _paragraphs(blocks: tuple[Block, ...], body: tuple[Word, ...]) -> Iterable[Need]:
    kept = 0
    for block in blocks:
        inside = tuple(within(body, block.span))
        if len(inside) < MIN_PARAGRAPH:
            continue
        yield Need(
            kind="paragraph",
            weights=Counter(stem for word in inside for stem in word.stems),
            names=_stems(word for word in inside if word.is_name),
            numbers=_stems(word for word in inside if word.is_number),
        )
        kept += 1
        if kept == MAX_PARAGRAPHS:
            return


def _claim(claim: Claim, setting: _Setting) -> Need:
    own = [word for word in within(setting.body, claim.span) if not _points(word, claim.times)]
    named = "" if claim.attribution is None else claim.attribution.publisher
    outlet = fold(named)
    return Need(
        kind="claim",
        weights=_weights(own, claim, setting),
        names=_stems(word for word in own if word.is_name),
        numbers=_stems(word for word in own if word.is_number),
        windows=windows(claim.times, setting.published),
        outlet=outlet,
        outlet_name=named,
        outlet_held=outlet in setting.held,
        quote=_quote(claim, setting),
    )


def _weights(own: list[Word], claim: Claim, setting: _Setting) -> Mapping[str, float]:
    """The claim's words high, the names it stands on lower, the page around it lowest."""
    weights = dict(setting.context)
    layers = (
        *((stem, ANTECEDENT) for stem in _antecedents(claim, setting)),
        *((stem, FULL_NAME) for stem in _full_names(own, setting)),
        *((stem, _worth(word)) for word in own for stem in word.stems),
    )
    for stem, weight in layers:
        weights[stem] = max(weights.get(stem, 0.0), weight)
    return weights


def _worth(word: Word) -> float:
    return NAME if word.is_name else NUMBER if word.is_number else PLAIN


def _stems(found: Iterable[Word]) -> frozenset[str]:
    return frozenset(stem for word in found for stem in word.stems)


def _points(word: Word, times: tuple[TimeExpression, ...]) -> bool:
    """Whether a word only points to a day ("last month"): the window knows that better."""
    return any(time.span.start <= word.start and word.end <= time.span.end for time in times)


def _antecedents(claim: Claim, setting: _Setting) -> frozenset[str]:
    """The names that the claim's pronouns may stand for: its source, or else the last name before it."""
    said = {word.strip("\"“”‘’'.,;:!?()").casefold() for word in claim.text.split()}
    if not said & _PRONOUNS:
        return frozenset()
    if claim.attribution is not None and claim.attribution.name:
        return _stems(read_words(claim.attribution.name, setting.language))
    if not claim.span.start:
        return frozenset()
    before = Span(max(0, claim.span.start - _BEFORE), claim.span.start)
    return _stems(_last_run([word for word in within(setting.body, before) if word.is_name], setting.text))


def _last_run(names: list[Word], text: str) -> list[Word]:
    """The last words with capitals that stand side by side."""
    run: list[Word] = []
    for word in reversed(names):
        if run and text[word.end : run[-1].start] != " ":
            break
        run.append(word)
    return run


def _full_names(own: list[Word], setting: _Setting) -> frozenset[str]:
    """The words that stand beside a claim's short names where the page first gives them in full."""
    return frozenset(stem for word in own if word.is_name for stem in setting.beside.get(word.text, ()))


def _beside(body: tuple[Word, ...]) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for before, word in pairwise(body):
        is_joined = before.is_name and before.end + 1 == word.start
        found.setdefault(word.text, before.stems if is_joined else ())
    return found


def _quote(claim: Claim, setting: _Setting) -> tuple[str, ...]:
    said = claim.attribution
    if said is None or said.quote_type == "indirect":
        return ()
    spoken = words(said.content.of(setting.text), setting.language)
    return spoken if len(spoken) >= MIN_QUOTE else ()
