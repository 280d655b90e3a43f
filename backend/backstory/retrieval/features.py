"""What the ranker looks at: named numbers for a need and each of its candidates.

Everything is computed from counts of the page's own words (`Candidates`), for all articles at once. A feature is
either absolute, comparable from page to page, or `…_rel`: its share of the best among this need's candidates, which
is what tells one candidate from another whatever the page. `docs/linking.md` has them in words.
"""

from collections.abc import Callable, Mapping
from itertools import pairwise
from math import fsum

import numpy as np

from backstory.retrieval.candidates import Candidates, Floats
from backstory.retrieval.plan import Plan
from backstory.retrieval.rarity import PRIOR
from backstory.retrieval.scores import OWN, TINY, View, headline_shares, lexical, ranks, relative
from backstory.retrieval.terms import words
from backstory.retrieval.window import distance

RARE = 3.0  # a word is rare when at most e³, 20, passages hold it
MONTH = 30.4
_ROLES = {"archive": {"archive"}, "recent": {"recent"}, "window": {"window"}, "paragraph": {"paragraph"}}

Group = Callable[[View, Mapping[str, Floats]], dict[str, Floats]]


def features(view: View) -> dict[str, Floats]:
    """All features of one need, by name, one number for each article."""
    scores = lexical(view)
    found = {**scores, **headline_shares(view)}
    for group in _GROUPS:
        found.update(group(view, scores))
    return found


def look(plan: Plan, candidates: Candidates, number: int) -> View:
    """A need, by its number in the brief, with its candidates."""
    need = plan.brief.needs[number]
    vocabulary = candidates.vocabulary
    weights = _row(need.weights, vocabulary)
    if need.kind == "claim":
        pieces = [np.minimum(weights, 1.0) * (weights > OWN)]
    else:
        pieces = [_row(piece, vocabulary) for piece in plan.brief.pieces] or [weights]
    return View(
        plan=plan,
        number=number,
        need=need,
        candidates=candidates,
        rarity=candidates.rarity,
        weights=weights,
        pieces=np.array(pieces, np.float32),
        says=_says(plan, number),
    )


def _row(weights: Mapping[str, float], vocabulary: Mapping[str, int]) -> Floats:
    row = np.zeros(len(vocabulary), np.float32)
    for word, weight in weights.items():
        row[vocabulary[word]] = weight
    return row


def _says(plan: Plan, number: int) -> tuple[str, ...]:
    """The need's words as they stand side by side."""
    brief = plan.brief
    place = number - (len(brief.needs) - len(brief.claims))
    text = brief.claims[place].text if place >= 0 else f"{brief.article.headline}\n{brief.article.body}"
    return words(text, brief.article.language)


def _pieces(view: View, _: Mapping[str, Floats]) -> dict[str, Floats]:
    """The best piece of the need against the best passage: what a page says in passing may be all that is shared."""
    weighed = view.pieces * view.rarity
    ideal = np.maximum(np.sort(weighed, axis=1)[:, -8:].sum(axis=1), TINY)
    shares = view.best(view.passage_frequencies @ weighed.T / ideal)
    turns = 1 / (1 + np.argsort(np.argsort(-shares, axis=0), axis=0))
    return {
        "piece": shares.max(axis=1),
        "piece_rel": (shares / (shares.max(axis=0) + TINY)).max(axis=1),
        "piece_turn": turns.max(axis=1),
        "piece_turns": turns.sum(axis=1) / np.sqrt(len(weighed)),
    }


def _shared(view: View, _: Mapping[str, Floats]) -> dict[str, Floats]:
    """The need's own words that an article holds: how many, how rare, of which kind."""
    has = view.article_counts > 0
    own = view.own > 0
    rarest = np.sort(has * view.own, axis=1)[:, ::-1]
    rare = own & (view.rarity > np.log(view.plan.frequencies.passages + PRIOR) - RARE)
    names, numbers = _among(view, view.need.names), _among(view, view.need.numbers)
    events = own & ~names & ~numbers
    found = {
        "rarest": rarest[:, 0],
        "rarest_three": rarest[:, :3].sum(axis=1),
        "rare_share": (has & rare).sum(axis=1) / max(int(rare.sum()), 1),
        "shared": (has & own).sum(axis=1),
        "cover": has @ view.own / max(float(view.own.sum()), TINY),
        "names": _share(has, names, view.rarity),
        "numbers": _share(has, numbers, view.rarity),
        "events": _share(has, events, view.rarity),
        "events_rarity": has @ (events * view.rarity),
    }
    found["rarest_three_rel"] = relative(found["rarest_three"])
    found["events_rel"] = relative(found["events"])
    return found


def _among(view: View, stems: frozenset[str]) -> Floats:
    return np.array([word in stems for word in view.candidates.vocabulary])


def _share(has: Floats, kind: Floats, rarity: Floats) -> Floats:
    found: Floats = has @ (kind * rarity)
    return found / max(float((kind * rarity).sum()), TINY)


def _phrases(view: View, _: Mapping[str, Floats]) -> dict[str, Floats]:
    """Pairs of words that stand side by side both here and there."""
    rarity, vocabulary = view.plan.rarity, view.candidates.vocabulary
    pairs = {
        (one, other): min(rarity[one], rarity[other])
        for one, other in pairwise(view.says)
        if one in vocabulary and other in vocabulary and one != other
    }
    found = view.best(np.array([_told(pairs, there) for there in view.candidates.pairs], np.float32))
    return {
        "phrases": found,
        "phrases_rel": relative(found),
        "phrases_share": found / max(sum(pairs.values()), TINY),
        "phrases_headline": np.array(
            [_told(pairs, frozenset(pairwise(title))) for title in view.candidates.titles], np.float32
        ),
    }


def _told(pairs: Mapping[tuple[str, str], float], there: frozenset[tuple[str, str]]) -> float:
    return fsum(pairs[pair] for pair in pairs.keys() & there)


def _echo(view: View, _: Mapping[str, Floats]) -> dict[str, Floats]:
    """How much of what a report says the page says too; the rest of it would be news to the reader."""
    found = view.candidates
    return {
        "echo": view.best(found.counts.sum(axis=1) / np.maximum(found.lengths, 1)),
        "echo_article": view.article_counts.sum(axis=1) / np.maximum(view.article_words, 1),
    }


def _time(view: View, scores: Mapping[str, Floats]) -> dict[str, Floats]:
    """Age, scores that fade with it, and how much else that scores well appeared around the same days."""
    days = view.candidates.days
    age = np.maximum(view.brief.published.day.toordinal() - days, 0).astype(np.float32)
    score = scores["article_damped_rel"]
    found = {
        "age": np.log1p(age),
        "age_rank": ranks(-age) / max(age.size, 1),
        "mild_decay": score * (1 + 0.5 / np.log2(2 + age / MONTH)),
        "decay_60": score * np.exp(-age / 60),
        "decay_365": score * np.exp(-age / 365),
    }
    apart = np.abs(days[:, None] - days[None, :])
    for span in (7, 60):
        near = np.exp(-apart / span)
        np.fill_diagonal(near, 0)
        found[f"burst_{span}"] = near @ score**2
    for name in ("decay_60", "decay_365", "burst_7", "burst_60"):
        found[f"{name}_rel"] = relative(found[name])
    return found


def _window(view: View, _: Mapping[str, Floats]) -> dict[str, Floats]:
    """How far an article lies from the days that the need speaks of; -1 where it speaks of none."""
    windows = view.need.windows
    articles = range(len(view.candidates.urls))
    if not windows:
        nowhere = np.full(len(articles), -1.0, np.float32)
        return {"window_distance": nowhere, "in_window": nowhere}
    published = (view.candidates.opening(article).published.day for article in articles)
    days = np.array([min(distance(window, day) for window in windows) for day in published], np.float32)
    return {"window_distance": np.log1p(days), "in_window": (days == 0).astype(np.float32)}


def _company(view: View, scores: Mapping[str, Floats]) -> dict[str, Floats]:
    """How like the other candidates one is: what is like all of them is like none in particular."""
    vectors = np.log1p(view.article_counts) * view.rarity
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True) + TINY
    alike = vectors @ vectors.T
    np.fill_diagonal(alike, 0)
    score = scores["article_damped_rel"]
    top = np.argsort(-score, kind="stable")[:10]
    hub = alike.mean(axis=1)
    return {
        "hub": hub,
        "hub_rel": relative(hub),
        "near_best": alike[:, top[0]],
        "near_top": alike[:, top].mean(axis=1),
        "smooth": alike @ score / np.maximum(alike.sum(axis=1), TINY),
    }


def _sizes(view: View, _: Mapping[str, Floats]) -> dict[str, Floats]:
    found = view.candidates
    articles = len(found.urls)
    openings = [found.opening(article) for article in range(articles)]
    return {
        "need_words": np.full(articles, np.log1p(len(view.says)), np.float32),
        "article_words": np.log1p(view.article_words),
        "passage_words": np.log1p(found.lengths[found.first]),
        "headline_words": found.headline_lengths,
        "passages": np.diff(np.append(found.first, len(found.passages))),
        "untitled": np.array([_untitled(each.text, each.headline) for each in openings], np.float32),
        "candidates": np.full(articles, np.log1p(articles), np.float32),
    }


def _untitled(text: str, headline: str) -> bool:
    """Whether a headline is only the beginning of the text."""
    return text.startswith(headline.rstrip("…")[:40])


def _answers(view: View, _: Mapping[str, Floats]) -> dict[str, Floats]:
    """How high the archive itself ranked an article, over all the need's queries."""
    asks, table = view.plan.asks, view.candidates.ranks
    turns = np.where(table > 0, 1 / (table + 2.0), 0.0)
    found = {}
    for name, roles in _ROLES.items():
        rows = [row for row, ask in enumerate(asks) if ask.role in roles and ask.need in {view.number, *view.parts}]
        found[f"{name}_turn"] = turns[rows].max(axis=0, initial=0.0)
        found[f"{name}_turns"] = turns[rows].sum(axis=0)
    mine = [row for row, ask in enumerate(asks) if ask.need == view.number]
    found["answers"] = (table[mine] > 0).mean(axis=0) if mine else np.zeros(table.shape[1])
    return found


_GROUPS: tuple[Group, ...] = (_pieces, _shared, _phrases, _echo, _time, _window, _company, _sizes, _answers)
