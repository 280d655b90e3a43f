"""How engines weigh words: BM25's two numbers, the headline's share, and what a query's terms come to."""

from backstory.archive.preparing import clean
from backstory.model import Query

# The embedded engine's index has these built in, so the reference follows. A high b is a trap where one-sentence items
# stand among articles; passages of similar length keep it shut.
K1 = 1.2
B = 0.75

# A headline's words count half: on our development sets .5 gained as much as 1 on articles, and cost nothing on notes.
HEADLINE_WEIGHT = 0.5


def weights(query: Query) -> dict[str, float]:
    """What each word of a query counts: repeated terms add up, those not above 0 are not looked for."""
    summed: dict[str, float] = {}
    for term in query.terms:
        if term.weight > 0:
            word = clean(term.word)
            summed[word] = summed.get(word, 0.0) + term.weight
    return summed
