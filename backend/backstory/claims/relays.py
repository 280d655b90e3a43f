"""Saying → the outlet that passed it on, where the source itself is none.

"The Courier quoted the mayor saying …"   "…," she told Reuters.   "In an essay in the May issue of The Lake …"
"""

from collections.abc import Sequence

from backstory.claims.cues import Cue
from backstory.claims.lexicon import words
from backstory.claims.names import Cast
from backstory.claims.outlets import outlet_name
from backstory.claims.phrases import Sentence
from backstory.claims.subjects import Range

_REACH = 10  # words from "told" or "published in" to the outlet's name


def relay(sentence: Sentence, runs: Sequence[Range], taken: Sequence[Range], cast: Cast) -> str:
    """The fullest name of an outlet among a sentence's runs of names, outside what is taken, or nothing."""
    for run in runs:
        name = outlet_name(sentence, run)
        if name and not any(run[0] < end and start < run[1] for start, end in taken) and _relays(sentence, run):
            return cast.outlet(name)
    return ""


def _relays(sentence: Sentence, run: Range) -> bool:
    before = sentence.words[max(0, run[0] - _REACH) : run[0]]
    return not words("relays").isdisjoint(before) or not words("quoting").isdisjoint(
        sentence.words[run[1] : run[1] + 1]
    )


def introduces_excerpt(sentence: Sentence, cue: Cue) -> bool:
    """Whether a sentence presents somebody's written work, so that an excerpt of it may follow."""
    written = not words("works").isdisjoint(sentence.words)
    return written and not words("introducing").isdisjoint(sentence.words[cue.first : cue.after])
