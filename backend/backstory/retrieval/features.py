"""What the ranker looks at: named numbers for each need and each of its candidates.

Everything is computed from counts of the page's own words (`Candidates`), for all needs and articles at once: a feature
is a table (`View`). It is either absolute, comparable from page to page, or `…_rel`: its share of the best among the
need's candidates, which is what tells one candidate from another whatever the page. `docs/linking.md` has them all.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from itertools import pairwise

import numpy as np

from backstory.model import Interval
from backstory.retrieval.candidates import Candidates
from backstory.retrieval.counts import Floats, Integers
from backstory.retrieval.plan import Plan
from backstory.retrieval.rarity import PRIOR
from backstory.retrieval.scores import (
    TINY,
    View,
    by_piece,
    headline_shares,
    highest,
    lexical,
    over_pieces,
    ranks,
    relative,
)

RARE = 3.0  # a word is rare when at most e³, 20, passages hold it
MONTH = 30.4
BEST_PIECE = 8  # words; a piece of which they are all there scores about 1
BURSTS = (7, 60)  # days within which other reports count as of the same time
TOP = 10  # candidates that stand for what a need is about
_ROLES = ("archive", "recent", "window", "paragraph")

Group = Callable[[View, Mapping[str, Floats]], dict[str, Floats]]


def features(view: View) -> dict[str, Floats]:
    """All features by name, each a table."""
    scores = lexical(view)
    found = {**scores, **headline_shares(view)}
    for group in _GROUPS:
        found.update(group(view, scores))
    return found


def look(plan: Plan, candidates: Candidates, numbers: Sequence[int]) -> View:
    """Needs, by their numbers in the brief, each with what answered its queries; the page with its paragraphs' too."""
    answered = candidates.ranks > 0
    answers = np.zeros((len(numbers), len(candidates.urls)), bool)
    for row, number in enumerate(numbers):
        answers[row] = answered[_asks(plan, number)].any(axis=0)
    return View(plan, candidates, numbers, answers)


def _asks(plan: Plan, number: int, role: str = "") -> list[int]:
    """The queries that a need asked, the page's paragraphs for it too."""
    parts = plan.brief.first_claim if number == 0 else 0
    return [
        place
        for place, ask in enumerate(plan.asks)
        if (ask.need == number or ask.need < parts) and role in ("", ask.role)
    ]


def _pieces(view: View, _: Mapping[str, Floats]) -> dict[str, Floats]:
    """The best piece of the need against the best passage: what a page says in passing may be all that is shared."""
    weighed = view.pieces * view.rarity
    ideal = np.maximum(highest(weighed, BEST_PIECE), TINY)
    shares = by_piece(view, view.candidates.best(view.passage_frequencies @ weighed.T / ideal))
    turns = np.where(view.there[view.piece_need], 1 / (1 + ranks(shares, view.there[view.piece_need])), 0)
    return {
        "piece": over_pieces(view, shares, np.maximum),
        "piece_rel": over_pieces(view, shares / (shares.max(axis=1, keepdims=True) + TINY), np.maximum),
        "piece_turn": over_pieces(view, turns, np.maximum),
        "piece_turns": over_pieces(view, turns, np.add) / np.sqrt(np.bincount(view.piece_need))[:, None],
    }


def _shared(view: View, _: Mapping[str, Floats]) -> dict[str, Floats]:
    """The need's own words that an article holds: how many, how rare, of which kind."""
    has, own = view.in_article, view.own > 0
    rare = own & (view.rarity > np.log(view.plan.frequencies.passages + PRIOR) - RARE)
    names = _among(view, [need.names for need in view.needs])
    numbers = _among(view, [need.numbers for need in view.needs])
    events = own & ~names & ~numbers
    rarest, three = _rarest(view)
    found = {
        "rarest": rarest,
        "rarest_three": three,
        "rarest_three_rel": relative(three),
        "rare_share": _share(view, has, rare.astype(np.float32), least=1.0),
        "shared": view.table(has @ own.T.astype(np.float32)),
        "cover": _share(view, has, view.own),
        "names": _share(view, has, names * view.rarity),
        "numbers": _share(view, has, numbers * view.rarity),
        "events": _share(view, has, events * view.rarity),
        "events_rarity": view.table(has @ (events * view.rarity).T),
    }
    found["events_rel"] = relative(found["events"])
    return found


def _among(view: View, kinds: Sequence[Collection[str]]) -> Floats:
    """Which words of the vocabulary are of a kind (needs x vocabulary)."""
    vocabulary = view.candidates.vocabulary
    found = np.zeros((len(kinds), len(vocabulary)), bool)
    for row, kind in enumerate(kinds):
        found[row, [vocabulary[word] for word in kind if word in vocabulary]] = True
    return found


def _share(view: View, has: Floats, kind: Floats, least: float = TINY) -> Floats:
    """How much of what a need has of a kind an article has too."""
    found: Floats = view.table(has @ kind.T) / np.maximum(kind.sum(axis=1), least)[:, None]
    return found


def _rarest(view: View) -> tuple[Floats, Floats]:
    """The rarity of the rarest shared word, and of the rarest three together."""
    need, place = np.nonzero(view.there)
    shared = view.in_article[view.articles[need, place]] * view.own[need]
    three = np.sort(np.partition(np.pad(shared, ((0, 0), (0, 3))), -3, axis=1)[:, -3:], axis=1)
    tables = np.zeros((2, *view.there.shape), np.float32)
    tables[:, need, place] = three[:, -1], three.sum(axis=1)
    return tables[0], tables[1]


def _phrases(view: View, _: Mapping[str, Floats]) -> dict[str, Floats]:
    """Pairs of words that stand side by side both here and there."""
    found = view.candidates
    worth = np.zeros((len(view.numbers), len(found.pairs)), np.float32)
    for row, number in enumerate(view.numbers):
        pairs = [pair for pair in pairwise(found.said[number]) if pair in found.pairs]
        rarity = [min(view.plan.rarity[one], view.plan.rarity[other]) for one, other in pairs]
        worth[row, [found.pairs[pair] for pair in pairs]] = rarity
    told = view.table(found.best(found.phrases @ worth.T))
    return {
        "phrases": told,
        "phrases_rel": relative(told),
        "phrases_share": told / np.maximum(worth.sum(axis=1), TINY)[:, None],
        "phrases_headline": view.table(found.headline_phrases @ worth.T),
    }


def _echo(view: View, _: Mapping[str, Floats]) -> dict[str, Floats]:
    """How much of what a report says the page says too; the rest of it would be news to the reader."""
    found = view.candidates
    said = np.bincount(found.counts.row, found.counts.times, minlength=len(found.passages))
    by_article = np.add.reduceat(said, found.first)
    return {
        "echo": view.same(found.best(said / np.maximum(found.lengths, 1))),
        "echo_article": view.same(by_article / np.maximum(found.article_lengths, 1)),
    }


def _time(view: View, scores: Mapping[str, Floats]) -> dict[str, Floats]:
    """Age, scores that fade with it, and how much else that scores well appeared around the same days."""
    days = view.candidates.days
    age = view.same(np.maximum(view.brief.published.day.toordinal() - days, 0).astype(np.float32))
    score = scores["article_damped_rel"]
    found = {
        "age": np.log1p(age),
        "age_rank": view.ranks(-age) / np.maximum(view.sizes, 1)[:, None],
        "mild_decay": score * (1 + 0.5 / np.log2(2 + age / MONTH)),
        "decay_60": score * np.exp(-age / 60),
        "decay_365": score * np.exp(-age / 365),
        **_bursts(view, score),
    }
    for name in ("decay_60", "decay_365", "burst_7", "burst_60"):
        found[f"{name}_rel"] = relative(found[name])
    return found


def _bursts(view: View, score: Floats) -> dict[str, Floats]:
    """How much scores well around a candidate's day, itself left out: the nearer, the more it counts."""
    found = {f"burst_{span}": np.zeros_like(score) for span in BURSTS}
    for row, size in enumerate(view.sizes.tolist()):
        days = view.candidates.days[view.articles[row, :size]].astype(np.float32)
        apart = -np.abs(days[:, None] - days)
        np.fill_diagonal(apart, -np.inf)
        worth = score[row, :size] ** 2
        for span in BURSTS:
            found[f"burst_{span}"][row, :size] = np.exp(apart / np.float32(span)) @ worth
    return found


def _window(view: View, _: Mapping[str, Floats]) -> dict[str, Floats]:
    """How far an article lies from the days that the need speaks of; -1 where it speaks of none."""
    away = np.full((len(view.numbers), len(view.candidates.urls)), -1.0, np.float32)
    for row, need in enumerate(view.needs):
        if need.windows:
            away[row] = np.min([_away(window, view.candidates.days) for window in need.windows], axis=0)
    days = view.table(away.T)
    return {
        "window_distance": np.where(days < 0, days, np.log1p(np.maximum(days, 0))),
        "in_window": np.where(days < 0, days, days == 0),
    }


def _away(window: Interval, days: Integers) -> Integers:
    """As `window.distance`, for many days at once."""
    found: Integers = np.maximum(np.maximum(window.start.toordinal() - days, days - window.end.toordinal()), 0)
    return found


def _company(view: View, scores: Mapping[str, Floats]) -> dict[str, Floats]:
    """How like the other candidates one is: what is like all of them is like none in particular.

    Likeness is the cosine of two articles' words, and to several others at once that to their sum.
    """
    vectors = np.log1p(view.candidates.article_counts.dense()) * view.rarity
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True) + TINY
    score, places = scores["article_damped_rel"], view.ranks(scores["article_damped_rel"])
    alone = view.same((vectors**2).sum(axis=1))

    def likeness(weight: Floats) -> Floats:
        """To the other candidates of the need, each counting by its weight."""
        spread = np.zeros(view.answers.shape, np.float32)
        np.put_along_axis(spread, view.articles, np.where(view.there, weight, 0), axis=1)
        found: Floats = view.table(vectors @ (spread @ vectors).T) - alone * weight
        return found

    everyone = likeness(view.there)
    sizes = np.maximum(view.sizes, 1)[:, None]
    hub = everyone / sizes
    return {
        "hub": hub,
        "hub_rel": relative(hub),
        "near_best": likeness(places == 0),
        "near_top": likeness(places < TOP) / np.minimum(sizes, TOP),
        "smooth": likeness(score) / np.maximum(everyone, TINY),
    }


def _sizes(view: View, _: Mapping[str, Floats]) -> dict[str, Floats]:
    found = view.candidates
    return {
        "need_words": view.each(np.log1p([len(found.said[number]) for number in view.numbers])),
        "article_words": view.same(np.log1p(found.article_lengths)),
        "passage_words": view.same(np.log1p(found.lengths[found.first])),
        "headline_words": view.same(found.headline_lengths),
        "passages": view.same(np.diff(np.append(found.first, len(found.passages)))),
        "untitled": view.same(np.array([_untitled(each.text, each.headline) for each in found.openings], np.float32)),
        "candidates": view.each(np.log1p(view.sizes)),
    }


def _untitled(text: str, headline: str) -> bool:
    """Whether a headline is only the beginning of the text."""
    return text.startswith(headline.rstrip("…")[:40])


def _answers(view: View, _: Mapping[str, Floats]) -> dict[str, Floats]:
    """How high the archive itself ranked an article, over all the need's queries."""
    table = view.candidates.ranks
    turns = np.where(table > 0, 1 / (table + np.float32(2)), 0)
    best, all_together = np.zeros((2, len(_ROLES), table.shape[1], len(view.numbers)), np.float32)
    answers = np.zeros((table.shape[1], len(view.numbers)), np.float32)
    for column, number in enumerate(view.numbers):
        for place, role in enumerate(_ROLES):
            rows = _asks(view.plan, number, role)
            if rows:
                best[place, :, column] = turns[rows].max(axis=0)
                all_together[place, :, column] = turns[rows].sum(axis=0)
        mine = [row for row, ask in enumerate(view.plan.asks) if ask.need == number]
        if mine:
            answers[:, column] = (table[mine] > 0).mean(axis=0)
    found = {"answers": view.table(answers)}
    for place, role in enumerate(_ROLES):
        found[f"{role}_turn"] = view.table(best[place])
        found[f"{role}_turns"] = view.table(all_together[place])
    return found


_GROUPS: tuple[Group, ...] = (_pieces, _shared, _phrases, _echo, _time, _window, _company, _sizes, _answers)
