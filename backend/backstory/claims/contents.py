"""Cue → content: which words of its sentence a cue attributes."""

from collections.abc import Callable, Sequence

from backstory.claims import lexicon
from backstory.claims.cues import Cue
from backstory.claims.lexicon import words
from backstory.claims.phrases import FINITE, Sentence, group_start, has_clause, phrase_after, skip_adverbials
from backstory.claims.subjects import Range

_JOINS = words("joins")
_LEADS = _JOINS | {"in", "on"}
_DASHES = frozenset({"—", "–", "--", "-"})
_MARKS = frozenset({",", ";", ":", "(", ")"}) | _DASHES
_NAMES = frozenset({"NN", "NNS", "NNP", "PRP"})
_BEFORE_PARTICIPLES = frozenset({",", "and", "before", "after", "while", "when", "by"})
_CLAUSE_JOINS = frozenset({"and", "but", "while", "although", "though", "whereas"})
_SUBJECT_AHEAD = 12  # words between a clause's subject and its verb, asides included


def find_contents(sentence: Sentence, cues: Sequence[Cue]) -> list[tuple[Cue, tuple[Range, ...]]]:
    """Each cue with the stretches of tokens it attributes; cues without content are left out."""
    found: list[tuple[Cue, tuple[Range, ...]]] = []
    # From the right, since a content ends where the next clause begins that attributes something itself.
    for cue in reversed(cues):
        end = _horizon(sentence, cue, [later for later, _ in reversed(found)])
        ranges = tuple(r for r in (_trim(sentence, *r) for r in _contents(sentence, cue, end)) if r)
        if ranges:
            found.append((cue, ranges))
    return found[::-1]


def _contents(sentence: Sentence, cue: Cue, end: int) -> tuple[Range, ...]:
    if cue.form == "preposition":
        return _of_preposition(sentence, cue, end)
    if cue.form == "inverted":
        return _left(sentence, cue.first)
    right = _right(sentence, cue, end) or _after_as(sentence, cue, end)
    if cue.form != "active":
        return (right,) if right else ()
    if right and sentence.words[right[0] - 1] != ",":
        return (right,)
    # ", he said," in the middle: both sides are content.
    return (*_tail(sentence, cue), *((right,) if right else ())) or _around(sentence, cue, end)


def _after_as(sentence: Sentence, cue: Cue, end: int) -> Range | None:
    """As in "As the minister put it, …": what follows the comma."""
    if cue.form != "active" or cue.start != 1 or sentence.words[0] != "as":
        return None
    comma = next((at for at in range(cue.after, end) if sentence.words[at] == "," and not sentence.quoted[at]), end)
    return (comma + 1, end) if has_clause(sentence, comma + 1, end) else None


def _horizon(sentence: Sentence, cue: Cue, later_cues: Sequence[Cue]) -> int:
    """Where a cue's content must end: where the next attributing clause begins, or a semicolon stands."""
    floor = cue.after
    ends = (_clause_start(sentence, later, floor) for later in later_cues)
    end = next((end for end in ends if end is not None), len(sentence))
    return next((at for at in range(floor, end) if sentence.words[at] == ";" and not sentence.quoted[at]), end)


def _clause_start(sentence: Sentence, later: Cue, floor: int) -> int | None:
    """Where a later cue's clause begins, if that clause stands beside the content and not inside it."""
    if later.first <= floor or later.form in {"noun", "passive"}:
        return None
    before = sentence.words[later.first - 1]
    if later.form == "participle":
        return later.first - 1 if before in _BEFORE_PARTICIPLES else None
    if later.form == "preposition":
        return later.first
    if later.form == "inverted":
        return later.first if before == "," else None
    joined = group_start(sentence, later.first) - 1
    if sentence.words[joined] in {"and", "but"} and later.start <= floor:
        return joined
    return later.start if later.start > floor + 1 and _opens_clause(sentence, later.start) else None


def _opens_clause(sentence: Sentence, start: int) -> bool:
    """Whether a new clause begins at a source: after "and", ", as" or a comma alone."""
    breaks = {",", ";"} | _DASHES
    before = sentence.words[start - 1]
    return before in breaks | _CLAUSE_JOINS or (before in _JOINS and sentence.words[start - 2] in breaks)


def _of_preposition(sentence: Sentence, cue: Cue, end: int) -> tuple[Range, ...]:
    after = cue.source[1] if cue.source else cue.after
    before = (_left_start(sentence, cue.first), cue.first)
    comma = after < len(sentence) and sentence.words[after] in {",", ":"}
    dash = comma and sentence.words[cue.first - 1] in _DASHES
    if has_clause(sentence, *before) and not dash:
        return (before,)
    if dash:
        return ((after + 1, max(end, after + 2)),)
    # No statement on the left: "According to X, …" or "The minister, according to X, …".
    rest = (after + int(comma), max(end, after + 1))
    lead = _trim(sentence, *before)
    if not has_clause(sentence, *rest):
        return (before,) if lead else ()
    is_subject = (
        lead
        and comma
        and sentence.words[lead[0]] not in _LEADS
        and not _NAMES.isdisjoint(sentence.tags[lead[0] : lead[1]])
    )
    return (before, rest) if is_subject else (rest,)


def _left_start(sentence: Sentence, before: int) -> int:
    return next(
        (at + 1 for at in range(before - 1, -1, -1) if sentence.words[at] == ";" and not sentence.quoted[at]), 0
    )


def _left(sentence: Sentence, before: int) -> tuple[Range, ...]:
    """What stands before a clause at the tail: "Prices rose, the bank said."."""
    start = _left_start(sentence, before)
    return ((start, before),) if before > start else ()


def _tail(sentence: Sentence, cue: Cue) -> tuple[Range, ...]:
    start = cue.start
    if start == 0 or not _may_follow(sentence, cue):
        return ()
    previous = sentence.words[start - 1]
    if not (previous in {",", "as"} | _DASHES or sentence.quoted[start - 1]):
        return ()
    left = _left(sentence, start - 1 if previous == "as" else start)
    said = left and (has_clause(sentence, *left[0]) or any(sentence.quoted[left[0][0] : left[0][1]]))
    return left if said else ()


def _around(sentence: Sentence, cue: Cue, end: int) -> tuple[Range, ...]:
    """As in "The bridge, engineers said, had carried …": subject and verb on either side of the cue."""
    start, after = cue.start, cue.after
    parted = start > 1 and sentence.words[start - 1] == "," and sentence.words[after : after + 1] == (",",)
    if not parted or not _may_follow(sentence, cue) or not has_clause(sentence, after + 1, end):
        return ()
    return (*_left(sentence, start), (after + 1, end))


def _may_follow(sentence: Sentence, cue: Cue) -> bool:
    """Whether the cue is a finite verb that may stand behind what it attributes."""
    infinitive = sentence.tags[cue.first] == "VB" and sentence.words[cue.first - 1] == "to"
    saying = "quote" in cue.frames or {"clause", "bare"} <= cue.frames or {"clause", "show"} <= cue.frames
    return saying and not infinitive and sentence.tags[cue.after - 1] != "VBG"


def _right(sentence: Sentence, cue: Cue, end: int) -> Range | None:
    at = _past_recipient(sentence, cue, end)
    adverbials = skip_adverbials(sentence, at, end)
    starts = tuple(dict.fromkeys((adverbials, _past_comma(sentence, adverbials, end), at, cue.after)))
    for read in _READINGS:
        for start in starts:
            if start < end and (found := read(sentence, cue, start, end)):
                return found
    return None


def _past_recipient(sentence: Sentence, cue: Cue, end: int) -> int:
    """Past "reporters" in "told reporters that …"."""
    base = lexicon.english().bases.get(sentence.words[cue.after - 1], "")
    if base not in words("recipient_verbs"):
        return cue.after
    after = phrase_after(sentence, cue.after, end)
    # "warned prices would rise": no recipient, since a verb follows at once.
    if after is None or (base != "tell" and after < end and sentence.is_finite(after)):
        return cue.after
    return after


def _past_comma(sentence: Sentence, at: int, end: int) -> int:
    """Past ", however," and the comma or colon before a quotation."""
    if at >= end or sentence.words[at] not in {",", ":"} or sentence.quoted[at]:
        return at
    after = skip_adverbials(sentence, at + 1, end)
    return after + 1 if at + 1 < after < end and sentence.words[after] == "," else at + 1


def _that(sentence: Sentence, cue: Cue, start: int, end: int) -> Range | None:
    """As in "that …", "whether …", a quotation: what leaves no doubt."""
    word, frames = sentence.words[start], cue.frames
    takes_clause = bool({"clause", "quote"} & frames)
    if sentence.quoted[start] and takes_clause:
        return start, end
    if word == "that" and (takes_clause or "noun-that" in frames):
        relative = (start > cue.after or cue.form == "noun") and start + 1 < end and sentence.tags[start + 1] in FINITE
        clause = has_clause(sentence, start + 1, end) or "VB" in sentence.tags[start + 1 : end]
        return (start + 1, end) if clause and not relative else None
    question = word in words("question_words") and sentence.tags[start] in {"WH", "IN"}
    return (start, end) if question and {"clause", "object"} & frames and end - start > 1 else None


def _to(sentence: Sentence, cue: Cue, start: int, end: int) -> Range | None:
    """As in "vowed to …", "urged the council to …", "their support for …"."""
    word, frames = sentence.words[start], cue.frames
    if word == "to" and sentence.tags[start] == "TO" and ({"to", "noun-to"} & frames) and cue.form != "participle":
        return start, _object_end(sentence, start, end)
    if cue.form in {"noun", "adjective"} and word in {"of", "for", "about", "over"} and f"noun-{word}" in frames:
        return start + 1, _object_end(sentence, start, end)
    after = phrase_after(sentence, start, end) if "person_to" in frames else None
    return (start, end) if after and sentence.words[after : after + 1] == ("to",) else None


def _bare(sentence: Sentence, cue: Cue, start: int, end: int) -> Range | None:
    """A clause without "that": a noun phrase and its finite verb."""
    if "bare" not in cue.frames or cue.form == "noun":
        return None
    after = phrase_after(sentence, start, end)
    if after is None:
        opens = sentence.tags[start] in {"VBG", "EX", "DT"} or sentence.is_name(start) or _opens_aside(sentence, start)
        return (start, end) if opens and has_clause(sentence, start + 1, end) else None
    for at in range(after, min(end, after + _SUBJECT_AHEAD)):
        if sentence.is_finite(at) or (at == after and sentence.quoted[at]):
            return start, end
        if sentence.tags[at] in {"PUNCT", "TO"} and sentence.words[at] != "," and not sentence.quoted[at]:
            break
        if sentence.words[at] == "that" or (sentence.tags[at] == "CC" and sentence.words[at - 1] == ","):
            break
    return None


def _opens_aside(sentence: Sentence, at: int) -> bool:
    """As in "said more than …", "said if …": an amount, or a clause whose own beginning is no adverbial of the cue."""
    if sentence.words[at] in words("amounts"):
        return True
    return sentence.tags[at] == "IN" and sentence.words[at] not in words("links")


def _object(sentence: Sentence, cue: Cue, start: int, end: int) -> Range | None:
    """As in "criticised the plan": a noun phrase, with what belongs to it."""
    if not ("object" in cue.frames or _is_document(sentence, cue)) or cue.form in {"noun", "adjective"}:
        return None
    if sentence.quoted[start]:
        return start, end
    after = phrase_after(sentence, start, end)
    return None if after is None else (start, max(after, _object_end(sentence, start, end)))


_READINGS: tuple[Callable[[Sentence, Cue, int, int], Range | None], ...] = (_that, _to, _bare, _object)
"""How what follows a cue may be read, surest first."""


def _is_document(sentence: Sentence, cue: Cue) -> bool:
    """Whether a study, footage or the like says so: these show things rather than say them."""
    if "show" not in cue.frames or cue.source is None:
        return False
    return not lexicon.english().documents.isdisjoint(sentence.words[cue.source[0] : cue.source[1]])


def _object_end(sentence: Sentence, start: int, end: int) -> int:
    stops = _MARKS - {"(", ")"} | words("object_ends")
    return next(
        (
            at
            for at in range(start + 1, end)
            if not sentence.quoted[at] and (sentence.words[at] in stops or _begins_clause(sentence, at, end))
        ),
        end,
    )


def _begins_clause(sentence: Sentence, at: int, end: int) -> bool:
    """As in "pledged funds AND Syria is …": a conjunction with a new subject and its verb."""
    if sentence.words[at] not in {"and", "but"}:
        return False
    after = phrase_after(sentence, at + 1, end)
    return after is not None and after < end and sentence.tags[after] in FINITE


def _trim(sentence: Sentence, start: int, end: int) -> Range | None:
    """Without the marks and conjunctions at its ends that are not its own."""
    end = min(end, len(sentence))
    while start < end and not sentence.quoted[end - 1] and _is_loose(sentence, end - 1):
        end -= 1
    while start < end and not sentence.quoted[start] and sentence.words[start] in _MARKS - {"(", ")"}:
        start += 1
    return (start, end) if start < end else None


def _is_loose(sentence: Sentence, at: int) -> bool:
    word = sentence.words[at]
    return (sentence.tags[at] == "PUNCT" and word != ")") or word in {"and", "but", "while", "as", "though", "although"}
