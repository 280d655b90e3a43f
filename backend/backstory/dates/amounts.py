"""Numbers in words: "twenty-two" is 22, "two and a half" 2.5, "several" X."""

from backstory.dates.lexicon import Lexicon
from backstory.dates.numerals import leading

VAGUE = "X"
_TEN, _TWENTY, _SCALE = 10, 20, 100


def amount(words: list[str], lexicon: Lexicon) -> int | float | str:
    """The number that words say; VAGUE where they name none exactly ("several", "a few", "dozens of")."""
    whole, current, extra = 0.0, 0.0, 0.0
    for word in words:
        if lexicon.value("vague", word) is not None:
            return VAGUE
        if (fraction := lexicon.value("fraction", word)) is not None:
            extra += float(fraction)
            continue
        value = _value(word, lexicon)
        if value is None:
            continue
        if current and _TEN <= current <= _TWENTY and _TEN <= value < _SCALE:
            current = current * _SCALE + value  # a year as it is spoken: nineteen eighty-four
        elif lexicon.value("scale", word) is None:
            current += value
        else:
            current = max(current, 1) * value
            if value > _SCALE:  # a thousand closes what was said before
                whole, current = whole + current, 0.0
    total = whole + current + extra
    return int(total) if total == int(total) else total


def _value(word: str, lexicon: Lexicon) -> float | None:
    if word[0].isdecimal():
        plain = word.replace(",", "")
        try:
            return float(plain)
        except ValueError:
            return float(leading(word))
    for category in ("cardinal", "ordword", "mixed"):
        if (found := lexicon.value(category, word)) is not None:
            return float(found)
    return None
