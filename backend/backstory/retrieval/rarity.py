"""How rare a word is: in the archive, leaning on what is known of the language while the archive is small.

An archive of ten articles about one harbour thinks "harbour" common and "said" rare. So what it counts is added to what
was counted in general news, as if PRIOR passages of that had been archived too; in a large archive that is a drop.
"""

import json
import math
from collections.abc import Mapping
from functools import cache
from importlib import resources

from backstory.model import Frequencies

PRIOR = 2000  # passages of general news that an archive starts with


def rarity(frequencies: Frequencies, word: str) -> float:
    """BM25's idf (Robertson's, kept positive as Lucene does); 0 where no passage has the word."""
    counted = frequencies.of.get(word, 0)
    if not counted:
        return 0.0
    holding = counted + PRIOR * _usual().get(word, 0.0)
    return math.log1p((frequencies.passages + PRIOR - holding + 0.5) / (holding + 0.5))


@cache
def _usual() -> Mapping[str, float]:
    """The share of general news passages that hold a word, for common words."""
    text = resources.files("backstory").joinpath("data", "retrieval", "usual.json").read_text("utf-8")
    shares: dict[str, float] = json.loads(text)["shares"]
    return shares
