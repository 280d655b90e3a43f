"""Copies in the embedded archive: articles that carry one report share its story's number.

A story is what copies of copies come to, told by the lowest number among its articles. Copies are looked for by their
traces, in the week of the article and the one beside it, and compared by what they say: the work for an article does
not grow with the archive.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping

import numpy as np

from backstory.archive.copies import MAX_DAYS, Fingerprint, earliest, fingerprint, grouped, is_copy
from backstory.archive.filters import as_list
from backstory.archive.preparing import clean
from backstory.archive.rows import publication
from backstory.archive.store import Store
from backstory.model import Article, Copy

MAX_COMPARED = 16  # articles that one is compared with, those first that share the most traces
MAX_HOLDERS = 32  # articles of a week by which a trace is known; what more have is found by them, or says nothing
MAX_PARTED = 64  # articles of a story that are compared when one of them goes; a larger one stays together
_REMEMBERED = 1_024  # fingerprints, some 5 MB; copies come close together


_Holders = defaultdict[int, dict[int, list[int]]]
"""By week and trace: the articles that leave it there."""


class Stories:
    """Groups articles of a store that is being written; nothing of it lasts unless the store commits."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known: dict[int, Fingerprint] = {}

    def add(self, articles: Mapping[int, Article]) -> None:
        """Group articles that the store holds, and that have no story yet."""
        prints = {number: self._remember(number, article) for number, article in articles.items()}
        self._store.run_many(
            "INSERT INTO fingerprints VALUES (?, ?, ?, ?)",
            [(number, number, own.day, _packed(own.traces)) for number, own in prints.items()],
        )
        holders = self._holders(prints.values())
        rows: list[tuple[int, int, int]] = []
        for number, own in prints.items():
            self._join(number, own, holders)
            week = own.day // 7
            held = holders[week]
            for trace in own.traces:
                holding = held.setdefault(trace, [])
                if len(holding) < MAX_HOLDERS:
                    holding.append(number)
                    rows.append((week, trace, number))
        self._store.run_many("INSERT INTO traces VALUES (?, ?, ?)", sorted(rows))
        self._store.run("DELETE FROM ungrouped WHERE article IN (SELECT value FROM json_each(?))", as_list(articles))

    def drop(self, articles: Collection[int]) -> None:
        """Take articles out of their stories; to be called while the store still holds them."""
        gone = self._store.run(
            "SELECT article, story, day, traces FROM fingerprints WHERE article IN (SELECT value FROM json_each(?))",
            as_list(articles),
        ).fetchall()
        self._store.run_many(
            "DELETE FROM traces WHERE week = ? AND trace = ? AND article = ?",
            ((day // 7, trace, number) for number, _, day, traces in gone for trace in _unpacked(traces)),
        )
        self._store.run_many("DELETE FROM fingerprints WHERE article = ?", ((number,) for number, *_ in gone))
        for number in articles:
            self._known.pop(number, None)
        for story in {story for _, story, _, _ in gone}:
            self._part(story)

    def undo(self) -> None:
        """Forget what the store has not kept."""
        self._known.clear()

    def ungrouped(self, most: int) -> list[int]:
        """Articles whose copies have not been looked for yet."""
        return [number for (number,) in self._store.run("SELECT article FROM ungrouped LIMIT ?", most)]

    def _holders(self, prints: Iterable[Fingerprint]) -> _Holders:
        """The articles that leave the traces of some, in the weeks in which these may have copies."""
        asked: dict[int, set[int]] = defaultdict(set)
        for own in prints:
            for week in _weeks(own):
                asked[week] |= own.traces
        holders: _Holders = defaultdict(dict)
        for week, traces in asked.items():
            rows = self._store.run(
                "SELECT trace, article FROM traces WHERE week = ? AND trace IN (SELECT value FROM json_each(?))",
                week,
                json.dumps(sorted(traces)),
            )
            for trace, article in rows:
                holders[week].setdefault(trace, []).append(article)
        return holders

    def _join(self, number: int, own: Fingerprint, holders: _Holders) -> None:
        """Bring an article and its copies into one story."""
        shared: Counter[int] = Counter()
        for week in _weeks(own):
            for trace in own.traces & holders[week].keys():
                shared.update(holders[week][trace])
        stories = self._matched(own, shared)
        if stories:
            stories.add(number)
            self._rename(stories, min(stories))

    def _matched(self, own: Fingerprint, shared: Counter[int]) -> set[int]:
        """The stories of those articles, of so many traces shared, that are copies of one."""
        if not shared:
            return set()
        rows = self._store.run(
            "SELECT article, story, day FROM fingerprints WHERE article IN (SELECT value FROM json_each(?))",
            as_list(shared),
        )
        near = {article: story for article, story, day in rows if abs(day - own.day) <= MAX_DAYS}
        stories: set[int] = set()
        compared = 0
        for number, _ in shared.most_common():
            if compared == MAX_COMPARED:
                break
            if number in near and near[number] not in stories:
                compared += 1
                if is_copy(own, self._fingerprints([number])[number]):
                    stories.add(near[number])
        return stories

    def _part(self, story: int) -> None:
        """Tell anew what belongs together in a story that has lost an article."""
        rows = self._store.run("SELECT article FROM fingerprints WHERE story = ? ORDER BY article", story)
        numbers = [number for (number,) in rows]
        groups = [numbers] if numbers else []
        if len(numbers) <= MAX_PARTED:
            groups = grouped(self._fingerprints(numbers))
        for group in groups:
            self._store.run_many(
                "UPDATE fingerprints SET story = ? WHERE article = ?", ((group[0], each) for each in group)
            )

    def _rename(self, stories: Iterable[int], name: int) -> None:
        self._store.run_many(
            "UPDATE fingerprints SET story = ? WHERE story = ?", [(name, story) for story in stories if story != name]
        )

    def _fingerprints(self, numbers: Collection[int]) -> dict[int, Fingerprint]:
        known = {number: self._known[number] for number in numbers if number in self._known}
        missing = sorted(number for number in numbers if number not in known)
        for number, article in zip(missing, self._store.articles(missing), strict=True):
            known[number] = self._remember(number, article)
        return known

    def _remember(self, number: int, article: Article) -> Fingerprint:
        if len(self._known) >= _REMEMBERED:
            del self._known[next(iter(self._known))]
        self._known[number] = known = fingerprint(article)
        return known


def _weeks(own: Fingerprint) -> set[int]:
    """The weeks in which an article's copies came out."""
    return {(own.day - MAX_DAYS) // 7, (own.day + MAX_DAYS) // 7}


def copies_of(store: Store, url: str) -> list[Copy]:
    """The articles of one story with that at an address, the earliest first."""
    rows = store.run(
        "SELECT a.url, a.publisher, a.day, a.at, a.found FROM fingerprints f JOIN articles a ON a.id = f.article "
        "WHERE f.story = (SELECT o.story FROM articles b JOIN fingerprints o ON o.article = b.id WHERE b.url = ?)",
        clean(url),
    )
    copies = [Copy(url=found, publisher=name, published=publication(*when)) for found, name, *when in rows]
    return sorted(copies, key=earliest)


def count_copies(store: Store, urls: Collection[str]) -> dict[str, int]:
    """How many other articles carry the report of each article that is there."""
    rows = store.run(
        "SELECT a.url, (SELECT count(*) - 1 FROM fingerprints o WHERE o.story = f.story) FROM articles a "
        "JOIN fingerprints f ON f.article = a.id WHERE a.url IN (SELECT value FROM json_each(?))",
        as_list(urls),
    )
    return dict(rows.fetchall())


def _packed(traces: Iterable[int]) -> bytes:
    return np.array(sorted(traces), "<i4").tobytes()


def _unpacked(traces: bytes) -> list[int]:
    return list(np.frombuffer(traces, "<i4").tolist())
