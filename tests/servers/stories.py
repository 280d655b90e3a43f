"""News that never happened, told the same way for the same number: for servers that need many articles."""

import html
import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random

FIRST_AT = datetime(2024, 3, 4, 6, 0, tzinfo=UTC)
"""When the story with the number 0 came out; each further one of an outlet an hour later."""

STORIES_APART = 100_000
"""Numbers from one outlet's first story to the next outlet's."""

_PLACES = ("Lindau", "Ardmore", "Vesterby", "Corvela", "Marrin", "Oststadt", "Pellworth", "Quintal", "Rosvik", "Tamsel")
_BODIES = ("harbour board", "school council", "water authority", "district court", "tram company", "fire brigade")
_THINGS = ("the eastern pier", "the old swimming bath", "the night ferry", "the river bridge", "the grain store")
_DEEDS = ("closed", "reopened", "sold", "inspected", "repaired", "lost", "bought back", "renamed")
_REASONS = ("after a storm", "because of a leak", "for want of money", "after three years of work", "by mistake")
_NAMES = ("Ada Brinkmann", "Tomas Vell", "Ines Carrow", "Piet Osterhus", "Mara Linde", "Jonas Abreu")
_LATER = (
    "Nobody was hurt, and the works are to begin in the spring, {name} of the {body} told reporters on the spot.",
    "The decision will cost {amount} million crowns over {years} years, so the papers that the {body} laid open.",
    "Residents of {place} had asked for it since {since}, when {thing} was last {deed} and the town alone paid.",
    "“We should have listened sooner,” {name} said. “There were {amount} letters, and nobody answered a single one.”",
    "A vote on what comes next is expected within {years} months; until then {thing} stays as it is, the board said.",
    "In neighbouring {other}, where the same had been tried in {since}, {amount} people lost their work within a year.",
    "The {body} did not say who had known of it, and the inquiry promised in {since} has yet to begin.",
    "Trains and buses will run as usual, and the market is held as it was, between the church and the town hall.",
    "{name}, who has led the {body} since {since}, called it the hardest decision of those {years} years in office.",
    "The works fall to a firm from {other} that had asked for {amount} million crowns, less than anybody expected.",
    "An earlier plan, drawn up in {since}, had been turned down because it would have cut the town in two.",
    "“It is not about {thing} alone,” said {name}. “It is about who pays for what nobody has looked after.”",
    "Schools in {place} told parents in a letter that nothing changes for their children before the holidays.",
    "The state pays a third of the cost, the district another, and the rest comes from a loan over {years} years.",
    "Photographs from {since} show how it looked before; the archive of {place} will put them on view in June.",
    "Whether {thing} can be used in the winter is open, and will be looked at once the first frost has come.",
)


@dataclass(frozen=True, slots=True)
class Story:
    """One article: its number tells everything else. `edition` counts how often its text was changed."""

    number: int
    headline: str
    paragraphs: tuple[str, ...]
    author: str
    at: datetime
    edition: int = 0

    @property
    def summary(self) -> str:
        """The first paragraph."""
        return self.paragraphs[0]

    @property
    def body(self) -> str:
        """The paragraphs as HTML."""
        return "".join(f"<p>{html.escape(words, quote=False)}</p>\n" for words in self.paragraphs)


def make_story(number: int, *, seed: int = 0, edition: int = 0, paragraphs: int = 9) -> Story:
    """The story of that number."""
    chance = Random(seed * 1_000_003 + number)  # noqa: S311 - news, not secrets
    words = {
        "place": chance.choice(_PLACES),
        "other": chance.choice(_PLACES),
        "body": chance.choice(_BODIES),
        "thing": chance.choice(_THINGS),
        "deed": chance.choice(_DEEDS),
        "reason": chance.choice(_REASONS),
        "name": chance.choice(_NAMES),
        "since": chance.randint(1961, 2015),
        "years": chance.randint(2, 9),
        "amount": chance.randint(11, 980),
    }
    lead = "The {body} of {place} has {deed} {thing} {reason}, it said in notice {number} on Monday.".format(
        **words, number=number
    )
    if edition:
        lead += f" This report was changed {edition} times."
    later = [sentence.format(**words) for sentence in chance.sample(_LATER, k=len(_LATER))]
    pairs = [" ".join(pair) for pair in zip(later[::2], later[1::2], strict=False)]
    return Story(
        number=number,
        headline="{place}: {body} has {deed} {thing} ({number})".format(**words, number=number),
        paragraphs=(lead, *pairs[: paragraphs - 1]),
        author=str(words["name"]),
        at=FIRST_AT + timedelta(hours=number % STORIES_APART),
        edition=edition,
    )


def page_of(story: Story, url: str, *, outlet: str) -> str:
    """The story as its outlet's site shows it, between a menu and a footer."""
    said = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": story.headline,
        "datePublished": story.at.isoformat(),
        "author": {"@type": "Person", "name": story.author},
        "publisher": {"@type": "Organization", "name": outlet},
    }
    title = html.escape(story.headline)
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>{title} - {html.escape(outlet)}</title>
<link rel="canonical" href="{html.escape(url)}">
<meta property="og:site_name" content="{html.escape(outlet)}">
<script type="application/ld+json">{json.dumps(said)}</script>
</head>
<body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/town">Town</a></li><li><a href="/region">Region</a></li></ul></nav>
<main><article>
<h1>{title}</h1>
<p class="byline">By {html.escape(story.author)}</p>
{story.body}</article></main>
<footer><p>Read our terms of use. All rights reserved.</p></footer>
</body>
</html>
"""
