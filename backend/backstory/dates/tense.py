"""Which way a bare "Friday" or "March" points: what governs it says so."""

from backstory.dates.lexicon import Lexicon

_REACH = 14  # tokens; a verb further off seldom governs the phrase


def way(words: list[str], codes: list[str], first: int, after: int, lexicon: Lexicon) -> int:
    """-1 back, 1 ahead, 0 unsaid."""
    ahead, back, stop = (lexicon.members[name] for name in ("ahead", "back", "stop"))
    for at in range(first - 1, max(-1, first - _REACH), -1):
        code = codes[at]
        if code in stop:
            break
        if code in ahead:
            return 1
        if code in back or (words[at].endswith("ed") and words[at].islower()):
            return -1
    for at in range(after, min(len(words), after + _REACH)):
        code = codes[at]
        if code in stop:
            break
        if code in ahead:
            return 1
        if code in back or (words[at].endswith("ed") and words[at].islower()):
            return -1
    return 0
