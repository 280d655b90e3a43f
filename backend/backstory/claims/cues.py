"""Sentence → cues: the words that attribute, each with the source it belongs to."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from backstory.claims import lexicon
from backstory.claims.lexicon import Frames, words
from backstory.claims.phrases import FINITE, VERBS, Sentence, group_start, has_clause, is_passive, phrase_after
from backstory.claims.subjects import Range, subject_before

Form = Literal["active", "inverted", "participle", "preposition", "noun", "adjective", "passive"]

_ODD_NAME = 6  # words between a quotation and the phrase that was recognised
_NOBODY = words("nobody")
_BEFORE_PARTICIPLES = frozenset({",", "and", "by", "in", "as", "before", "after", "while", "when"})
_BEFORE_VERBS = frozenset({"NN", "NNS", "NNP", "PRP", "RB"})
_AFTER_VERBS = frozenset({"that", ".", ",", ":", "how", "why", "whether"})
_NOT_A_SOURCE = frozenset({"i", "you", "we"})  # outside quotations these are the writer and the reader
_COMMAS = frozenset({",", "so", "as", "?", "!", "—", "–", "--"})


@dataclass(frozen=True, slots=True)
class Cue:
    """Tokens that attribute, what may follow them (frames), and the tokens of the source, where it is named."""

    first: int
    after: int
    frames: Frames
    form: Form
    source: Range | None

    @property
    def start(self) -> int:
        """Where the attributing clause begins: at the source, if that stands before the cue."""
        return min(self.first, self.source[0]) if self.source and self.form != "inverted" else self.first


def find_cues(sentence: Sentence) -> list[Cue]:
    """The cues outside quotations, in order; no two share a token."""
    found: list[Cue] = []
    at = 0
    while at < len(sentence):
        cue = None if sentence.quoted[at] else _cue(sentence, at, found)
        if cue:
            found.append(cue)
        at = max(at + 1, cue.after if cue else 0)
    return found


def _cue(sentence: Sentence, at: int, found: Sequence[Cue]) -> Cue | None:
    if not _may_be_cue(sentence.words[at]):
        return None
    return next((cue for make in _FORMS if (cue := make(sentence, at, found))), None)


def _may_be_cue(word: str) -> bool:
    return word == ":" or word in lexicon.english().cue_words


def _preposition(sentence: Sentence, at: int, _found: Sequence[Cue]) -> Cue | None:
    for phrase in lexicon.english().prepositions:
        after = at + len(phrase)
        if sentence.words[at:after] == phrase:
            end = phrase_after(sentence, after)
            if end is None or (phrase == ("per",) and sentence.tags[after] not in {"NNP", "DT"}):
                return None
            return Cue(at, after, frozenset({"preposition"}), "preposition", (after, _with_clause(sentence, end)))
    return None


def _with_clause(sentence: Sentence, end: int) -> int:
    """Past a clause that describes the source: "people who asked not to be named", "a report obtained by …"."""
    if end >= len(sentence) or not (sentence.words[end] in {"who", "whose"} or sentence.tags[end] == "VBN"):
        return end
    while end < len(sentence) and sentence.tags[end] != "PUNCT" and not sentence.quoted[end]:
        end += 1
    return end


def _verb(sentence: Sentence, at: int, found: Sequence[Cue]) -> Cue | None:
    if not (sentence.tags[at] in VERBS or _is_verb_after_all(sentence, at)):
        return None
    frames, after = _frames(sentence, at)
    if not frames or is_passive(sentence, at):
        return None
    if sentence.tags[at] == "VBG" and not _is_progressive(sentence, at):
        return _participle(sentence, at, after, frames, found)
    return _inverted(sentence, at, after, frames) or _active(sentence, at, after, frames, found)


def _is_verb_after_all(sentence: Sentence, at: int) -> bool:
    """Whether the tagger took a cue for a noun: "court records show.", "the new mayor vowed to …"."""
    if sentence.tags[at] not in {"NN", "NNS", "JJ"} or at == 0 or sentence.tags[at - 1] not in _BEFORE_VERBS:
        return False
    word, following = sentence.words[at], sentence.words[at + 1 : at + 2]
    frames = lexicon.english().verbs.get(word, frozenset())
    if word.endswith("ed") and not {"clause", "to"}.isdisjoint(frames):
        return not following or sentence.tags[at + 1] not in {"NN", "NNS"}
    return "clause" in frames and (not following or following[0] in _AFTER_VERBS)


def _frames(sentence: Sentence, at: int) -> tuple[Frames, int]:
    """What may follow the verb, and where its words end, particle included."""
    known = lexicon.english()
    for rest, frame in known.particles.get(sentence.words[at], ()):
        after = at + 1 + len(rest)
        if sentence.words[at + 1 : after] == rest and not any(sentence.quoted[at + 1 : after]):
            return frozenset({frame, "bare", "quote"} if frame == "clause" else {frame}), after
    return known.verbs.get(sentence.words[at], frozenset()), at + 1


def _is_progressive(sentence: Sentence, at: int) -> bool:
    return not words("copulas").isdisjoint(sentence.words[group_start(sentence, at) : at])


def _participle(sentence: Sentence, at: int, after: int, frames: Frames, found: Sequence[Cue]) -> Cue | None:
    """As in ", adding that …": its source is that of the cue before it, or the subject of its clause."""
    if "participle" not in frames or at == 0:
        return None
    if quoted := _quoted_saying(sentence, at, after, frames):
        return quoted
    beside = sentence.words[at - 1] in _BEFORE_PARTICIPLES or sentence.quoted[at - 1] or sentence.tags[at - 1] == "RB"
    source = found[-1].source if found and found[-1].source else _first_subject(sentence, at)
    return Cue(at, after, frames, "participle", source) if beside else None


def _quoted_saying(sentence: Sentence, at: int, after: int, frames: Frames) -> Cue | None:
    """As in "The paper quoted the minister saying …": the source is whom it quotes."""
    for verb in range(at - 1, max(-1, at - 12), -1):
        if sentence.words[verb] in words("quoting"):
            end = phrase_after(sentence, verb + 1, at)
            last = at - 1 if sentence.words[at - 1] == "as" else at
            return Cue(at, after, frames, "participle", (verb + 1, end)) if end == last else None
    return None


def _first_subject(sentence: Sentence, before: int) -> Range | None:
    for at in range(before):
        if sentence.tags[at] in FINITE and not sentence.quoted[at]:
            return subject_before(sentence, at)
    return None


def _inverted(sentence: Sentence, at: int, after: int, frames: Frames) -> Cue | None:
    """As in "…," said the minister: the cue follows a quotation or a comma, the source follows the cue."""
    if "quote" not in frames or sentence.tags[at] not in {"VBD", "VBP", "VBN"} or _needs_recipient(sentence, at):
        return None
    if not (at == 0 or sentence.quoted[at - 1] or sentence.words[at - 1] in _COMMAS):
        return None
    if at and not sentence.quoted[at - 1] and not has_clause(sentence, 0, at):
        return None  # "Ann Lee, the governor, announced her resignation": nothing has been said yet
    end = phrase_after(sentence, after)
    if end is None or (end < len(sentence) and sentence.tags[end] in FINITE):
        return None
    return Cue(at, after, frames, "inverted", (after, _with_apposition(sentence, end)))


def _needs_recipient(sentence: Sentence, at: int) -> bool:
    return lexicon.english().bases.get(sentence.words[at]) in words("recipient_verbs")


def _with_apposition(sentence: Sentence, end: int) -> int:
    """Past ", chair of the board" where that runs to a mark or the end; a clause ends the phrase."""
    if end + 1 >= len(sentence) or sentence.words[end] != "," or sentence.quoted[end + 1]:
        return end
    after = phrase_after(sentence, end + 1)
    if after is None:
        return end
    return after if after == len(sentence) or sentence.tags[after] in {"PUNCT", "VBG", "IN", "CC"} else end


def _active(sentence: Sentence, at: int, after: int, frames: Frames, found: Sequence[Cue]) -> Cue | None:
    if "to" in frames and sentence.words[after : after + 1] == ("to",) and _says_next(sentence, after + 1):
        return None  # "declined to say whether …": the second verb is the cue
    group = group_start(sentence, at)
    infinitive = sentence.tags[at] == "VB" and group > 1 and sentence.words[group - 1] == "to"
    if sentence.tags[at] == "VB" and group == at and not infinitive:
        return None
    if sentence.tags[at] == "VBN" and words("have").isdisjoint(sentence.words[group:at]) and has_clause(sentence, 0):
        return None  # "an essay published in …"; where no other verb is finite, the tagger took one for a participle
    # "declined to say": the words that govern the infinitive are part of the cue.
    governed = infinitive and sentence.tags[group - 2] in {"VBD", "VBP"}
    first = group - 2 if governed else at
    source = _speaker_who_goes_on(sentence, group, frames, found) or subject_before(sentence, first)
    if source is None or _is_nobody(sentence, source, at):
        return None
    if infinitive and not governed:  # "met to discuss the plan" attributes nothing, "came to say that …" does
        frames = frames & {"quote", "clause", "bare"}
    return Cue(first, after, frames, "active", _back_to_quotation(sentence, source))


def _speaker_who_goes_on(sentence: Sentence, group: int, frames: Frames, found: Sequence[Cue]) -> Range | None:
    """As in "She said the law was dead but warned that …": who said the one thing warned of the other."""
    if "quote" not in frames or group == 0 or sentence.words[group - 1] not in {"and", "but"}:
        return None
    return next((cue.source for cue in found if cue.form == "active" and "quote" in cue.frames), None)


def _says_next(sentence: Sentence, at: int) -> bool:
    return at < len(sentence) and "quote" in lexicon.english().verbs.get(sentence.words[at], frozenset())


def _back_to_quotation(sentence: Sentence, source: Range) -> Range:
    """All of an odd phrase that a quotation precedes: "…" Save the Moor founder Ann Lee said."""
    start = source[0]
    for at in range(start - 1, max(-1, start - _ODD_NAME), -1):
        if sentence.quoted[at]:
            return (at + 1, source[1])
        if sentence.tags[at] in FINITE | {"PUNCT", "IN", "CC", "WH"}:
            break
    return source


def _is_nobody(sentence: Sentence, source: Range, verb: int) -> bool:
    word = sentence.words[source[0]]
    if source[1] - source[0] > 1:
        return False
    return (
        word in _NOT_A_SOURCE or word[0].isdigit() or (word in _NOBODY and sentence.words[verb] not in {"said", "says"})
    )


def _noun(sentence: Sentence, at: int, _found: Sequence[Cue]) -> Cue | None:
    """As in "the announcement that …", "her plan to …", "denials by …"."""
    if sentence.tags[at] not in {"NN", "NNS"} or at + 1 >= len(sentence):
        return None
    followers = lexicon.english().nouns.get(sentence.words[at], frozenset())
    source = _owner(sentence, at)
    after, following = at + 1, sentence.words[at + 1]
    if source is None and following in {"by", "from"} and (end := phrase_after(sentence, at + 2)):
        source, after, following = (at + 2, end), end, sentence.words[end] if end < len(sentence) else ""
    if following not in followers or (source is None and following != "that"):
        return None
    if following == "that" and sentence.tags[after] not in {"IN", "WH", "DT"}:
        return None
    return Cue(at, at + 1, frozenset({f"noun-{following}"}), "noun", source)


def _owner(sentence: Sentence, at: int) -> Range | None:
    """Whose claim it is: "the minister's", "his", or the subject that voices it."""
    tags = sentence.tags
    left = at
    while left > 0 and tags[left - 1] in {"JJ", "NN", "VBN"} and not sentence.quoted[left - 1]:
        left -= 1
    if left and tags[left - 1] == "PRP$":
        return left - 1, left
    if left > 1 and tags[left - 1] == "POS":
        end = left - 1
        start = _possessor(sentence, end)
        return (start, end) if start < end else None
    while left > 0 and tags[left - 1] in {"DT", "JJ"}:
        left -= 1
    if left and sentence.words[left - 1] in words("voicing") and tags[left - 1] in VERBS:
        return subject_before(sentence, left - 1)
    return None


def _possessor(sentence: Sentence, end: int) -> int:
    start = end
    while start > 0 and sentence.tags[start - 1] in {"NNP", "NN", "NNS", "JJ", "CD"}:
        start -= 1
    return start - 1 if start > 0 and sentence.tags[start - 1] in {"DT", "PRP$"} else start


def _adjective(sentence: Sentence, at: int, _found: Sequence[Cue]) -> Cue | None:
    """As in "She is confident that …"."""
    if sentence.words[at] not in lexicon.english().adjectives or at + 1 >= len(sentence):
        return None
    following = sentence.words[at + 1]
    if following not in {"that", "about", "to", "whether", "of", "how", "what"} and sentence.tags[at + 1] != "PRP":
        return None
    verb = at - 1
    while verb > 0 and sentence.tags[verb] == "RB":
        verb -= 1
    if verb <= 0 or sentence.words[verb] not in words("copulas"):
        return None
    source = subject_before(sentence, verb)
    if source is None or _is_nobody(sentence, source, at):
        return None
    return Cue(at, at + 1, frozenset({"clause", "bare", "to", f"noun-{following}"}), "adjective", source)


def _passive(sentence: Sentence, at: int, _found: Sequence[Cue]) -> Cue | None:
    """As in "It was reported that …", "he was quoted as saying …": a source is named with "by", or not at all."""
    spelt = sentence.words
    if spelt[at] not in lexicon.english().passives or at == 0 or not is_passive(sentence, at):
        return None
    after, source = at + 1, None
    if spelt[at] == "quoted" and spelt[after : after + 2] in {("as", "saying"), ("as", "telling")}:
        return Cue(at, after + 2, frozenset({"quote", "clause", "bare"}), "active", subject_before(sentence, at))
    if after < len(sentence) and spelt[after] == "by" and (end := phrase_after(sentence, after + 1)):
        source, after = (after + 1, end), end
    subject = subject_before(sentence, at)
    if subject is not None and spelt[subject[0]] == "it" and spelt[after : after + 1] == ("that",):
        return Cue(at, at + 1, frozenset({"noun-that"}), "passive", source)
    return None


def _colon(sentence: Sentence, at: int, found: Sequence[Cue]) -> Cue | None:
    """A bare colon before a quotation: "The mayor spoke to the press: “…”" or "Ann Lee: “…”"."""
    opens_quotation = sentence.words[at] == ":" and at > 0 and at + 1 < len(sentence) and sentence.quoted[at + 1]
    if not opens_quotation or any("quote" in cue.frames for cue in found):
        return None
    source = (0, at) if all(map(sentence.is_name, range(at))) else _first_subject(sentence, at)
    if source is None or _is_nobody(sentence, source, at):
        return None
    return Cue(at, at + 1, frozenset({"quote"}), "active", source)


_FORMS: tuple[Callable[[Sentence, int, Sequence[Cue]], Cue | None], ...] = (
    _preposition,
    _passive,
    _verb,
    _adjective,
    _noun,
    _colon,
)
