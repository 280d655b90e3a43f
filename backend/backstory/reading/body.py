"""Which pieces of a page are its article.

What stands in furniture is left out; the article is the smallest region that holds nearly all the prose of the
rest; within it, what is not prose has to stand among prose to stay. Where the publisher repeats the article in
the page's JSON-LD, that is followed: it knows where its own words end.
"""

from collections.abc import Iterable
from dataclasses import replace
from itertools import islice, pairwise, takewhile

from backstory.reading.layout import Layout, Piece, Region
from backstory.reading.lines import is_byline, is_furniture
from backstory.reading.prose import Weight, coverage, folded, is_sentence, prose, sums

# Shares of the page's prose, found on the development half of the extraction benchmark.
_DOMINANT = 0.9  # a region with so much of its parent's prose is where the article goes on
_NEVER = 0.85  # what is called "comments" is the article from here on: nothing else is left
_SELDOM = 0.5  # what is called "sidebar" names a layout from here on
_LINKED = 0.5  # what has so many of its characters in links leads elsewhere
_TOLD = 0.6  # of a piece's words in the publisher's own copy: the piece is in it; of the prose: the copy is whole
_UNTOLD = 0.2  # of a piece's words in the copy: the piece is not in it

_LINE = 20  # characters of the shortest line at an edge of what is named the body; shorter ones are labels
_LEAD = 80  # characters of prose from which a paragraph under the headline opens the article
_MAX_LEADS = 2  # such paragraphs; what follows is a box of something else
_TEASER = 700  # characters of the longest box that tells of another article
_LINK_LINE = 200  # characters of the longest piece that is dropped for being a link
_REPEATED = 40  # characters from which a piece that was there before is a repetition, and not a refrain


def body_of(layout: Layout, *, headline: str = "", told: str = "", is_live: bool = False) -> list[Piece]:
    """The pieces that the article is made of, in order; none where the page holds no text that is its own.

    `told` is the article as the publisher repeats it; a live page (`is_live`) may be many articles long.
    """
    body = _Body(layout)
    body.drop_named()
    body.drop_link_lists()
    body.narrow()
    body.take_lead()
    body.drop_teasers()
    if not is_live:
        body.drop_next_articles()
    body.drop_lines(headline)
    body.drop_edges()
    if told:
        body.follow(told)
    body.drop_empty_headings()
    return body.kept()


class _Body:
    """What is kept so far: the region that is the article, a flag for each piece, and how much prose each holds."""

    def __init__(self, layout: Layout) -> None:
        self._pieces = layout.pieces
        self._regions = layout.regions
        self._prose = [prose(piece) for piece in layout.pieces]
        self._keeps = [True] * len(layout.pieces)
        self._place, self._main = 0, layout.regions[0]

    def kept(self) -> list[Piece]:
        """The pieces that are kept."""
        return [self._pieces[place] for place in self._places()]

    def drop_named(self) -> None:
        """Drop what is called furniture, unless too much of the page's prose stands in it."""
        for standing, share in (("never", _NEVER), ("seldom", _SELDOM)):
            weight = self._weight()
            most = weight(self._main) * share
            self._drop(region for region in self._regions if region.standing == standing and weight(region) <= most)

    def drop_link_lists(self) -> None:
        """Drop lists that are made of links."""
        linked, length = sums(piece.linked for piece in self._pieces), self._length()
        lists = (region for region in self._regions if region.tag in ("ul", "ol", "dl"))
        self._drop(region for region in lists if linked(region) > _LINKED * length(region))

    def narrow(self) -> None:
        """Go to the smallest region that holds nearly all the prose."""
        weight = self._weight()
        below: dict[int, list[int]] = {}
        for place, region in enumerate(self._regions[1:], start=1):
            below.setdefault(region.parent, []).append(place)
        here = 0
        while here in below:
            heaviest = max(below[here], key=lambda place: weight(self._regions[place]))
            if weight(self._regions[heaviest]) <= _DOMINANT * weight(self._regions[here]):
                break
            here = heaviest
        self._place, self._main = here, self._regions[here]

    def take_lead(self) -> None:
        """Take in the opening paragraphs that stand between the headline and the rest, in a box of their own."""
        first = self._main.first
        title = max((place for place in range(first) if self._pieces[place].tag == "h1"), default=first)
        leads = [place for place in range(title + 1, first) if self._keeps[place] and self._prose[place] >= _LEAD]
        if leads:
            for place in range(leads[0], first):
                self._keeps[place] = place in leads[:_MAX_LEADS]
            self._main = replace(self._main, first=leads[0])

    def drop_teasers(self) -> None:
        """Drop boxes that tell of other articles: little text under a heading that is a link."""
        titles = sums(piece.kind == "heading" and _is_link(piece) for piece in self._pieces)
        length = self._length()
        self._drop(region for region in self._inner() if titles(region) and length(region) <= _TEASER)

    def drop_next_articles(self) -> None:
        """Keep the first of several articles on one page: the others begin with a heading of the first rank."""
        weight = self._weight()
        articles = [region for region in self._inner() if region.tag == "article" and weight(region)]
        first = articles[0].last if articles else 0
        self._drop(region for region in articles[1:] if region.first >= first and self._opens_anew(region))

    def drop_lines(self, headline: str) -> None:
        """Drop links, captions, repetitions, and what is furniture by what it says."""
        title = folded(headline)
        # Captions report only where they carry the page: in a gallery.
        captions = sum(prose(piece) for piece in self.kept() if piece.kind == "caption")
        keep_captions = captions * 2 > sum(prose(piece) for piece in self.kept())
        seen: set[str] = set()
        for place in self._places():
            piece = self._pieces[place]
            repeats = piece.text in seen and len(piece.text) >= _REPEATED
            is_title = bool(title) and len(piece.text) <= 2 * len(headline) and folded(piece.text) == title
            is_caption = piece.kind == "caption" and not keep_captions
            is_link = _is_link(piece) and len(piece.text) < _LINK_LINE
            self._keeps[place] = not (repeats or is_title or is_caption or is_link or is_furniture(piece.text))
            seen.add(piece.text)

    def drop_edges(self) -> None:
        """Drop what stands before the first sentence and after the last: bylines, counters, buttons, tags."""
        named = self._named_body()
        sentences = [
            place
            for place in self._places()
            if is_sentence(self._pieces[place]) or (place in named and _is_line(self._pieces[place]))
        ]
        if sentences:
            self._keep_between(self._heading_of(sentences[0]), self._list_end(sentences[-1]))

    def follow(self, told: str) -> None:
        """Keep to the publisher's own copy, where it is the whole article."""
        places = list(self._places())
        covered = coverage([self._pieces[place].text for place in places], told)
        found = [place for place, share in zip(places, covered, strict=True) if share >= _TOLD]
        if (
            sum(self._prose[place] for place in found) < _TOLD * sum(self._prose[place] for place in places)
            or not found
        ):
            return
        self._keep_between(found[0], found[-1])
        for place, share in zip(places, covered, strict=True):
            # The copy is plain paragraphs: lists, quotes and code may be the article's and not be in it.
            if share < _UNTOLD and self._pieces[place].kind == "paragraph" and self._pieces[place].tag != "pre":
                self._keeps[place] = False

    def drop_empty_headings(self) -> None:
        """Drop headings with nothing under them."""
        below: Piece | None = None
        for place in reversed(list(self._places())):
            piece = self._pieces[place]
            ends = below is None or (below.kind == "heading" and below.tag <= piece.tag)
            if piece.kind == "heading" and ends:
                self._keeps[place] = False
            else:
                below = piece

    def _places(self) -> Iterable[int]:
        return (place for place in range(self._main.first, self._main.last) if self._keeps[place])

    def _inner(self) -> Iterable[Region]:
        """The regions inside the article: those that follow it in document order and do not reach beyond it."""
        after = islice(self._regions, self._place + 1, None)
        return takewhile(lambda region: region.last <= self._main.last, after)

    def _opens_anew(self, region: Region) -> bool:
        return any(piece.tag == "h1" for piece in self._pieces[region.first : region.first + 3])

    def _named_body(self) -> set[int]:
        """The places in what its names say is the article's body: there the shortest line is the article's."""
        places: set[int] = set()
        done = 0
        for region in self._regions:
            if region.standing == "body":
                places.update(range(max(region.first, done), region.last))
                done = max(done, region.last)
        return places

    def _list_end(self, place: int) -> int:
        """The place of the last item of the list that stands right below: results, ingredients, dates."""
        last = place
        for below in range(place + 1, self._main.last):
            piece = self._pieces[below]
            if piece.kind not in ("list", "table") or not self._keeps[below]:
                break
            last = below
        return last

    def _heading_of(self, place: int) -> int:
        """The place of the heading right above, where it is one of several of its rank and not the article's own."""
        places = list(self._places())
        above = next((before for before, here in pairwise(places) if here == place), place)
        rank = self._pieces[above].tag
        is_one = self._pieces[above].kind == "heading" and rank != "h1"
        return above if is_one and any(self._pieces[later].tag == rank for later in places if later > place) else place

    def _weight(self) -> Weight:
        return sums(size * keep for size, keep in zip(self._prose, self._keeps, strict=True))

    def _length(self) -> Weight:
        return sums(len(piece.text) for piece in self._pieces)

    def _keep_between(self, first: int, last: int) -> None:
        for place in (*range(self._main.first, first), *range(last + 1, self._main.last)):
            self._keeps[place] = False

    def _drop(self, regions: Iterable[Region]) -> None:
        """Drop regions, given in document order: however they nest, each piece is touched once."""
        done = 0
        for region in regions:
            for place in range(max(region.first, done), region.last):
                self._keeps[place] = False
            done = max(done, region.last)


def _is_line(piece: Piece) -> bool:
    """Whether a piece is a line of words, and not who wrote the article or when."""
    return piece.tag == "p" and not piece.linked and len(piece.text) >= _LINE and not is_byline(piece.text)


def _is_link(piece: Piece) -> bool:
    return piece.linked > _LINKED * len(piece.text)
