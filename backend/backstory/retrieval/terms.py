"""Text to the words that the archive knows it by: the one analysis, for passages and queries alike.

    "Russia's 5,000 troops left." → ("russia", "5000", "troop", "left")

A query finds a passage only where both were cut the same way, so every engine stores what `words` gives and every
query asks in the same spelling. In an archive of several languages the two agree like this: everything but the stem
is the same in all languages. A word in another script is stemmed by its script (Cyrillic is read as Russian, Greek as
Greek), whatever the text around it; a word in Latin letters by the language of its text. Where nobody says which that
is, its commonest words do, and where they do not, or the language has no stemmer, it is read as English. So a French
page asks French coverage in French stems, and names, which stemmers mostly leave alone, cross from one language to
another.
"""

import re
import threading
import unicodedata
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from itertools import chain

import Stemmer

from backstory.retrieval.stopwords import STOP_WORDS

MAX_WORD = 64  # characters; a longer run (a hash, an attack) falls into pieces, the same in a passage and a query
_HEARD_WORDS = 100  # of a text, to guess its language: as many as a passage has
_LEAST_VOTES = 3  # different common words; two may be a film's title
_CACHED_WORDS = 1 << 15  # of a language, some 5 MB: what is forgotten is soon worked out again
_CACHED_TONGUES = 4  # languages whose words are remembered

# ISO 639-1 to Snowball's names, for languages in Latin letters. A language that is not here is read as English.
_STEMMERS = {
    "ca": "catalan", "cs": "czech", "da": "danish", "de": "german", "en": "english", "eo": "esperanto",
    "es": "spanish", "et": "estonian", "eu": "basque", "fi": "finnish", "fr": "french", "ga": "irish",
    "hu": "hungarian", "id": "indonesian", "it": "italian", "lt": "lithuanian", "nb": "norwegian", "nl": "dutch",
    "nn": "norwegian", "no": "norwegian", "pl": "polish", "pt": "portuguese", "ro": "romanian", "sv": "swedish",
    "tr": "turkish",
}  # fmt: skip

# The last code point of a script, in order, and who stems it; "" leaves words as they are, None is the text's language.
_SCRIPTS: tuple[tuple[int, str | None], ...] = (
    (0x036F, None),
    (0x03FF, "greek"),
    (0x052F, "russian"),
    (0x058F, "armenian"),
    (0x05FF, ""),
    (0x06FF, "arabic"),
    (0x08FF, ""),
    (0x097F, "hindi"),
    (0x0B7F, ""),
    (0x0BFF, "tamil"),
)

# Thai, Lao, Burmese, Khmer, kana, Han and Hangul: words stand unseparated there, or carry their particles with them.
SPACELESS = (
    "\u0e01-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3"
    "\U00020000-\U0003ffff"
)
_SPACELESS_START = re.compile(f"[{SPACELESS}]")

# Languages that write 5.000 and 2,5 for what English writes as 5,000 and 2.5.
_COMMA_DECIMALS = frozenset(_STEMMERS) - {"en", "eo", "ga"}


def _marks() -> str:
    """The combining marks of the first plane, as the inside of a character class."""
    codes = [code for code in range(0x300, 0x10000) if unicodedata.category(chr(code)).startswith("M")]
    return "".join(map(chr, codes))


_WORD = re.compile(
    rf"""
      [a-z][a-z0-9]++(?![^\x00-\x7f])                    # a word, most often, so it is tried first: G20 is one
    | \d+(?:[.,]\d+)*                                    # a number with its separators
    | [{SPACELESS}]+                                     # a run to be cut into bigrams
    | (?:[^\W\d_]\.){{2,}}                               # U.N., U.S.
    | [a-z](?![a-z0-9]|[^\x00-\x7f])
    | [^\W\d_{SPACELESS}](?:[^\W_{SPACELESS}]|[{_marks()}])*
    """,
    re.VERBOSE,
)
_NUMBER = {
    point: re.compile(rf"(\d{{1,3}}(?:[{thousands}]\d{{3}})+|\d+)(?:[{point}](\d+))?")
    for point, thousands in ((".", ","), (",", "."))
}
_POSSESSIVE = re.compile(r"['’](?<=\w.)s\b")
_NARROW_SPACE = re.compile(r"[\u00a0\u2009\u202f](?<=\d.)(?=\d{3}(?!\d))")  # 5 000, as French and ISO write it
_ACCENTS = re.compile("(?<=[a-z\u0370-\u03ff\u0435])[\u0300-\u036f]+")  # not й: bare, it would be another letter
_VOWEL_POINTS = re.compile("[\u0591-\u05c7\u0640\u064b-\u0655\u0670]")  # in Hebrew and Arabic as often left out
_UNSEEN = re.compile("[\u00ad\u200b-\u200d]")  # soft hyphens and joints of no width
_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"},
)
_ARTICLE = re.compile(r"^(?:the )+(?=\S)")


def words(text: str, language: str = "") -> tuple[str, ...]:
    """The words of a text as the archive stores them and as a `Term` spells them, in order, repeats kept.

    Folded (case, accents, possessive 's), stemmed, numbers without their thousands separators. `language` is BCP 47.
    """
    runs = _WORD.findall(_folded(text))
    spellings = _spellings(_tongue(language) if language else _guessed(runs))
    return tuple(chain.from_iterable(map(spellings.__getitem__, runs)))


def is_common(word: str, language: str = "") -> bool:
    """Whether a word, as `words` spells it, is one of those that a language can hardly do without."""
    return word in _common(_stemmer_for(word, _STEMMERS[_tongue(language)]))


def fold(name: str) -> str:
    """An outlet's name as filters compare it: without case, accents, spare spaces and a leading "The"."""
    return _ARTICLE.sub("", " ".join(_bare(_folded(name)).split()))


def _tongue(language: str) -> str:
    """The primary subtag where it decides anything; one name for all the rest, so that the cache holds words once."""
    subtag = language.partition("-")[0].partition("_")[0].lower()
    return subtag if subtag in _STEMMERS else "en"


def _guessed(runs: Sequence[str]) -> str:
    """The language whose commonest words a text holds most of; English unless another is plainly ahead."""
    heard = _spoken_in().keys() & set(runs[:_HEARD_WORDS])
    if len(heard) < 2 * len(heard & _english()):  # no other language can be plainly ahead
        return "en"
    said = Counter(tongue for run in heard for tongue in _spoken_in()[run])
    best, votes = max(said.items(), key=lambda item: item[1], default=("en", 0))
    return best if votes >= _LEAST_VOTES and votes >= 2 * said["en"] else "en"


@lru_cache
def _english() -> frozenset[str]:
    """English's common words."""
    return frozenset(STOP_WORDS["english"].split())


@lru_cache
def _spoken_in() -> dict[str, tuple[str, ...]]:
    """Each common word and the languages that have it."""
    tongues: dict[str, tuple[str, ...]] = {}
    for tongue, name in _STEMMERS.items():
        for word in STOP_WORDS.get(name, "").split():
            tongues[word] = (*tongues.get(word, ()), tongue)
    return tongues


def _folded(text: str) -> str:
    text = text.casefold()
    if not text.isascii():
        text = _UNSEEN.sub("", _NARROW_SPACE.sub("", text)).replace("\u02bc", "'")
        text = _VOWEL_POINTS.sub("", unicodedata.normalize("NFKC", text)).casefold()
    return _POSSESSIVE.sub("", text)


class _Spellings(dict[str, tuple[str, ...]]):
    """The runs of one language, each with the words that it comes to: worked out once, as words return and return."""

    def __init__(self, tongue: str) -> None:
        super().__init__()
        self._tongue = tongue

    def __missing__(self, run: str) -> tuple[str, ...]:
        if len(run) > MAX_WORD:
            pieces = (run[start : start + MAX_WORD] for start in range(0, len(run), MAX_WORD))
            return tuple(chain.from_iterable(self[piece] for piece in pieces))
        if len(self) >= _CACHED_WORDS:
            self.clear()
        spelled = self[run] = _spelled(run, self._tongue)
        return spelled


@lru_cache(_CACHED_TONGUES)
def _spellings(tongue: str) -> _Spellings:
    return _Spellings(tongue)


def _spelled(run: str, tongue: str) -> tuple[str, ...]:
    first = run[0]
    if first.isdecimal():
        return _number(run, "," if tongue in _COMMA_DECIMALS else ".")
    if _SPACELESS_START.match(first):
        return tuple(run[at : at + 2] for at in range(len(run) - 1)) or (run,)
    return (_stem(run.replace(".", ""), _STEMMERS[tongue]),)


def _stem(word: str, latin: str) -> str:
    """The word without its ending and its accents: stemmers need a language's own accents, English has none."""
    name = _stemmer_for(word, latin)
    if name == "english":
        word = _bare(word)
    return _bare(_stemmer(name).stemWord(word) if name else word)


def _bare(word: str) -> str:
    if word.isascii():
        return word
    word = unicodedata.normalize("NFKD", word.translate(_LETTERS))
    return unicodedata.normalize("NFKC", _ACCENTS.sub("", word))


def _number(run: str, point: str) -> tuple[str, ...]:
    """5,000 as 5000 and 2.5 as itself; what is neither (14.03.2016) falls apart at its separators."""
    if not run.isascii():
        run = "".join(str(unicodedata.decimal(character, character)) for character in run)
    match = _NUMBER[point].fullmatch(run)
    if not match:
        return tuple(filter(None, re.split("[.,]", run)))
    whole, decimals = match.groups()
    return (re.sub("[.,]", "", whole) + (f".{decimals}" if decimals else ""),)


def _stemmer_for(word: str, latin: str) -> str:
    first = ord(word[0]) if word else 0
    name = next((name for last, name in _SCRIPTS if first <= last), "")
    return latin if name is None else name


_local = threading.local()


def _stemmer(name: str) -> Stemmer.Stemmer:
    """This thread's stemmer: Snowball's keep state while they work."""
    stemmers: dict[str, Stemmer.Stemmer] = _local.__dict__
    if name not in stemmers:
        stemmers[name] = Stemmer.Stemmer(name, 0)  # no cache of its own: `_spelled` has one for all threads
    return stemmers[name]


@lru_cache
def _common(name: str) -> frozenset[str]:
    tongue = next((tongue for tongue, stemmer in _STEMMERS.items() if stemmer == name), "en")
    return frozenset(words(STOP_WORDS.get(name, ""), tongue))
