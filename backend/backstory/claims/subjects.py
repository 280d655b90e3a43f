"""Verb → its subject: the source, as far as words next to each other can tell.

Three places are tried: beside the verb, before an aside, and the subject that the clause shares with an earlier
verb ("She flew to Rome and said …").
"""

from backstory.claims.lexicon import words
from backstory.claims.phrases import FINITE, TIMES, Sentence, group_start, has_clause, phrase_before

Range = tuple[int, int]

_MATES = {")": "(", "]": "[", "—": "—", "–": "–", "--": "--", "-": "-"}
_LONGEST_ASIDE = 40  # words
_RELATIVES = frozenset({"who", "which", "that", "whose"})
_SUBORDINATE = words("subordinate")


def subject_before(sentence: Sentence, verb: int, first: int = 0) -> Range | None:
    """The subject of a finite verb, as tokens (first, after): next to its group, or on the other side of an aside."""
    group = _before_time(sentence, group_start(sentence, verb), first)
    start = phrase_before(sentence, group, first)
    if start is not None and not _is_governed(sentence, start, first):
        return _whole(sentence, start, group, first)
    if start is not None:
        return _described(sentence, start, group, first)
    if group > first and (sentence.words[group - 1] == "," or sentence.words[group - 1] in _MATES):
        return _before_aside(sentence, group - 1, first)
    if group > first and sentence.words[group - 1] in _RELATIVES:
        return _antecedent(sentence, group - 1, first)
    return _shared(sentence, group, first)


def _before_time(sentence: Sentence, group: int, first: int) -> int:
    """As in "A study last month estimated", "Smith on Tuesday said": before the time that stands between."""
    at = group
    if at - 1 > first and sentence.words[at - 1] in TIMES:
        at -= 1
        while at - 1 > first and sentence.words[at - 1] in words("time_leads") | TIMES:
            at -= 1
    return at if at > first else group


def _is_governed(sentence: Sentence, start: int, first: int) -> bool:
    """Whether a preposition stands before the phrase, so that it is no subject: "in rare cases indicate"."""
    return (
        start > first
        and sentence.tags[start - 1] in {"IN", "TO"}
        and not sentence.quoted[start - 1]
        and sentence.words[start - 1] not in _SUBORDINATE
    )


def _described(sentence: Sentence, start: int, group: int, first: int) -> Range | None:
    """As in "an American who works at a foundation in Paris said": the phrase that the clause with "who" describes."""
    floor = max(first, start - _LONGEST_ASIDE)
    for at in range(start - 1, floor, -1):
        if sentence.words[at] == "," or sentence.quoted[at]:
            break
        if sentence.words[at] in _RELATIVES and sentence.tags[at] == "WH":
            outer = phrase_before(sentence, at - 1 if sentence.words[at - 1] == "," else at, first)
            return None if outer is None else _whole(sentence, outer, group, first)
    return None


def _whole(sentence: Sentence, start: int, after: int, first: int) -> Range:
    """The phrase, with the name before it that it describes: "Mark Reed, spokesman for the court said"."""
    if start - 1 > first and sentence.words[start - 1] == "," and not sentence.is_name(start):
        name = phrase_before(sentence, start - 1, first)
        if name is not None and sentence.is_name(start - 2) and not has_clause(sentence, first, name):
            lead = sentence.tags[name - 1] if name > first else ""
            if lead not in {"IN", "TO"}:
                return name, after
    return start, after


def _before_aside(sentence: Sentence, comma: int, first: int) -> Range | None:
    """The phrase before ", chair of the board," with that aside as part of it."""
    mate = _MATES.get(sentence.words[comma], ",")
    found: Range | None = None
    for at in range(comma - 1, max(first, comma - _LONGEST_ASIDE), -1):
        if sentence.words[at] != mate or sentence.quoted[at]:
            continue
        start = phrase_before(sentence, at, first)
        if start is None or not _is_aside(sentence, at + 1, comma):
            break
        found = (start, at if sentence.words[at + 1] in {"according", "however", "meanwhile"} else comma)
        if sentence.is_name(at - 1) or sentence.tags[start] in {"DT", "PRP$", "PRP"}:
            break
    return None if found is None or _is_governed(sentence, found[0], first) else found


def _is_aside(sentence: Sentence, start: int, end: int) -> bool:
    """Whether the words between two commas describe what stands before them."""
    if start >= end:
        return False
    verb = next((at for at in range(start, end) if sentence.is_finite(at)), None)
    return verb is None or not _RELATIVES.isdisjoint(sentence.words[start:verb]) or sentence.words[start] == "whom"


def _antecedent(sentence: Sentence, relative: int, first: int) -> Range | None:
    at = relative - 1 if relative > first and sentence.words[relative - 1] == "," else relative
    start = phrase_before(sentence, at, first)
    return None if start is None else (start, at)


def _shared(sentence: Sentence, group: int, first: int) -> Range | None:
    """The subject of the clause that "and" goes on, or of the verb that governs an infinitive or participle."""
    joined = group > first and (sentence.tags[group - 1] == "CC" or sentence.words[group - 1] == "to")
    if not joined:
        return None
    for at in range(group - 2, first, -1):
        if sentence.words[at] == ";":
            break
        if sentence.tags[at] in FINITE and not sentence.quoted[at]:
            verb = _before_time(sentence, group_start(sentence, at), first)
            start = phrase_before(sentence, verb, first)
            if start is not None and not _is_governed(sentence, start, first):
                return _whole(sentence, start, verb, first)
            if verb > first and sentence.words[verb - 1] == ",":
                return _before_aside(sentence, verb - 1, first)
            if start is None and verb > first and sentence.words[verb - 1] in _RELATIVES:
                return _antecedent(sentence, verb - 1, first)
    return None
