"""Noun phrases and verb groups in a tagged sentence: where they begin and end.

No parser: a few walks over parts of speech, each bounded, that are right nearly always where a source stands.
"""

from dataclasses import dataclass

from backstory.claims.lexicon import words
from backstory.claims.tokens import Tokens
from backstory.model import Span

FINITE = frozenset({"VBD", "VBP", "MD"})
VERBS = FINITE | {"VB", "VBN", "VBG"}
CLITIC_VERBS = frozenset({"'s", "'re", "'ve", "'ll", "'d"})
TIMES = words("times")
_HEADS = frozenset({"NN", "NNS", "NNP", "CD"})
_INSIDE = frozenset({"NN", "NNS", "NNP", "CD", "JJ", "POS", "VBN", "VBG", "RB"})
_STARTS = frozenset({"DT", "PRP", "PRP$", "NN", "NNS", "NNP", "CD", "JJ", "EX", "VBG"})
_OPENERS = frozenset({"DT", "PRP$"})
_LINKS = words("links")
_AUXILIARIES = words("auxiliaries")
_ALONE = words("nouns_by_themselves")
_LONGEST = 40  # words that a source may be long


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with its tokens; `quoted` says which of them lie in a quotation, marks included."""

    span: Span
    block: int
    tokens: Tokens
    words: tuple[str, ...]
    tags: tuple[str, ...]
    quoted: tuple[bool, ...]

    def __len__(self) -> int:
        return len(self.words)

    def is_name(self, at: int) -> bool:
        """Whether a token is part of a proper name; a sentence's first word before a verb counts as one."""
        if self.tags[at] == "NNP":
            return True
        return at == 0 and len(self) > 1 and self.tags[0] in {"VBG", "VB", "JJ"} and self.tags[1] in {"VBD", "VBP"}

    def is_finite(self, at: int) -> bool:
        """Whether a finite verb, or one shortened to "'s" or "'ll", stands at a token."""
        return self.tags[at] in FINITE or (self.words[at] in CLITIC_VERBS and self.tags[at] != "POS")


def has_clause(sentence: Sentence, start: int, end: int | None = None) -> bool:
    """Whether a finite verb stands between two tokens, so that they can hold a statement."""
    size = len(sentence)
    return any(map(sentence.is_finite, range(start, size if end is None else min(end, size))))


def phrase_before(sentence: Sentence, after: int, first: int = 0) -> int | None:
    """Where the noun phrase begins that ends before token `after`; none where no noun stands there."""
    at = after - 1
    if at < first or sentence.quoted[at] or not _is_head(sentence, at):
        return None
    if sentence.tags[at] == "PRP" or (sentence.words[at] in _ALONE and sentence.tags[at] == "DT"):
        return at
    floor = max(first, after - _LONGEST)
    while at > floor and (step := _step_left(sentence, at, floor)):
        at -= step
    return at


def _is_head(sentence: Sentence, at: int) -> bool:
    if sentence.words[at] in _ALONE:
        return sentence.tags[at] not in {"IN", "WH"}
    return sentence.tags[at] in _HEADS | {"PRP"} or sentence.is_name(at)


def _step_left(sentence: Sentence, at: int, floor: int) -> int:
    """How many words to the left still belong to the phrase that so far begins at `at`."""
    left = at - 1
    if sentence.quoted[left]:
        return 0
    if sentence.tags[left] in {"IN", "TO"} and sentence.words[left] in _LINKS:
        return _step_over_link(sentence, left, floor)
    if sentence.tags[left] == "VBG" and left > floor and sentence.tags[left - 1] in {"NNS", "NN"}:
        return 2  # "reports citing officials"
    if sentence.tags[left] == "CC":
        return _step_over_and(sentence, left, floor)
    return int(_joins(sentence, left, at, floor))


def _joins(sentence: Sentence, left: int, at: int, floor: int) -> bool:
    """Whether the word before a phrase is part of it: an article, an adjective, a name."""
    word, tag = sentence.words[left], sentence.tags[left]
    closed = sentence.tags[at] in _OPENERS
    if tag in _OPENERS:
        return not closed or word in {"all", "both"}
    if tag not in _INSIDE or closed or word in TIMES:
        return False
    if tag in {"VBN", "VBG", "RB"}:  # "armed men", but not "… walked men"
        return left > floor and sentence.tags[left - 1] in {"DT", "PRP$", "JJ", "CD"}
    return True


def _step_over_link(sentence: Sentence, link: int, floor: int) -> int:
    """As in "the head OF the agency", "a video taken BY a student"."""
    outer = link - 1
    if outer < floor or sentence.words[outer] in TIMES or sentence.quoted[outer]:
        return 0
    if sentence.tags[outer] == "JJ" and outer > floor and sentence.tags[outer - 1] in _HEADS:
        return 2  # "two officials familiar with …"
    if sentence.tags[outer] in _HEADS or (sentence.words[outer] in _ALONE and sentence.tags[outer] != "IN"):
        return 2
    reduced = sentence.tags[outer] in {"VBN", "VBG"} and outer > floor and sentence.tags[outer - 1] in _HEADS | {"JJ"}
    return 2 if reduced and sentence.words[outer - 1] not in TIMES else 0


def _step_over_and(sentence: Sentence, conjunction: int, floor: int) -> int:
    outer = conjunction - 1
    if outer < floor or sentence.words[conjunction] not in {"and", "or", "&"} or sentence.tags[outer] not in _HEADS:
        return 0
    return 0 if has_clause(sentence, floor, conjunction) else 2


def phrase_after(sentence: Sentence, first: int, end: int | None = None) -> int | None:
    """Where the noun phrase ends that begins at token `first`; none where none begins there."""
    end = min(len(sentence) if end is None else end, first + _LONGEST)
    if (
        first >= end
        or sentence.quoted[first]
        or not (sentence.tags[first] in _STARTS or sentence.words[first] in _ALONE)
    ):
        return None
    if sentence.tags[first] == "PRP":
        return first + 1
    last_noun: int | None = None
    for at in range(first, end):
        if sentence.quoted[at] or _ends_phrase(sentence, at, end, last_noun):
            break
        if sentence.tags[at] in _HEADS or (sentence.words[at] in _ALONE and sentence.tags[at] == "DT"):
            last_noun = at + 1
    return last_noun


def _ends_phrase(sentence: Sentence, at: int, end: int, last_noun: int | None) -> bool:
    tag, word = sentence.tags[at], sentence.words[at]
    if last_noun is None:
        return tag not in _INSIDE | _OPENERS and word not in _ALONE
    if tag in _HEADS:
        return word in TIMES and last_noun == at
    if tag in _OPENERS:
        return sentence.tags[at - 1] not in {"IN", "CC", "TO"}
    if tag == "CC":
        return word not in {"and", "&", "or"} or _clause_follows(sentence, at + 1, end)
    if tag == "IN":
        return word not in _LINKS - {"to", "on"} or (at + 1 < end and sentence.words[at + 1] in TIMES)
    return tag not in _INSIDE or (tag in {"VBN", "VBG", "RB"} and last_noun == at)


def _clause_follows(sentence: Sentence, first: int, end: int) -> bool:
    """Whether what stands after "and" is a clause rather than one more noun."""
    if first >= end or sentence.tags[first] in VERBS | {"PRP", "RB"}:
        return True
    for at in range(first, min(end, first + 8)):
        if sentence.tags[at] in FINITE:
            return True
        if sentence.tags[at] not in _INSIDE | _OPENERS | {"IN"}:
            return False
    return False


def group_start(sentence: Sentence, verb: int) -> int:
    """Where a verb's group begins: "has also said" begins at "has"."""
    at = verb
    while (
        at > 0
        and not sentence.quoted[at - 1]
        and (sentence.tags[at - 1] in {"RB", "MD"} or sentence.words[at - 1] in _AUXILIARIES)
    ):
        at -= 1
    return at


def is_passive(sentence: Sentence, verb: int) -> bool:
    """Whether the verb is a participle after a form of "be"."""
    if sentence.tags[verb] not in {"VBN", "VBD", "JJ"} or sentence.words[verb - 1] in words("have"):
        return False
    group = sentence.words[group_start(sentence, verb) : verb]
    return not words("be").isdisjoint(group)


def skip_adverbials(sentence: Sentence, at: int, end: int) -> int:
    """Past "on Monday", "in a statement", "afterwards" and the like, to where content may begin."""
    while at < end and not sentence.quoted[at] and (after := _adverbial(sentence, at, end)) > at:
        at = after
    return at


def _adverbial(sentence: Sentence, at: int, end: int) -> int:
    word, tag = sentence.words[at], sentence.tags[at]
    if word in TIMES or (tag == "RB" and word not in {"not", "n't"}):
        return at + 1
    if tag in {"DT", "JJ"} and at + 1 < end and sentence.words[at + 1] in TIMES:
        return at + 2
    if tag in {"IN", "TO"} and word in _LINKS | {"during", "via", "through", "after", "before", "over"}:
        if at + 1 < end and sentence.quoted[at + 1]:  # "in “no uncertain terms”"
            return _past_quoted(sentence, at + 1, end)
        return phrase_after(sentence, at + 1, end) or at
    return at


def _past_quoted(sentence: Sentence, at: int, end: int) -> int:
    while at < end and sentence.quoted[at]:
        at += 1
    return at
