"""A text to its time expressions: split, match, reckon, in one pass from left to right."""

from functools import partial

from backstory.dates import timex
from backstory.dates.events import NamedEvent
from backstory.dates.frames import Frame
from backstory.dates.language import Language, load, supported
from backstory.dates.ranges import in_order
from backstory.dates.reading import Reading
from backstory.dates.resolve import resolve
from backstory.dates.scene import Scene
from backstory.dates.story import Mention, Story
from backstory.dates.tense import Tense
from backstory.dates.tokens import split
from backstory.dates.wording import day_words
from backstory.model import Publication, Span, TimeExpression

_ASIDE = 6  # tokens that an aside opens before its date: ", founded by two brothers in 1903,"
_MATCH = 16  # tokens either side in which a word of sport makes a quarter one of a match
_FOUR_DIGITS = 1000
_STEEPED = 6  # so many times as many years long past as pointers to the day of publication
_SHORT_YEARS = 3  # so many years of three digits make a text one about such times
_MONTH_FIRST = ("US", "PH", "FM")  # where 4/5 is the fifth of April


def tag(
    text: str, published: Publication, language: str = "en", *, country: str = "", events: tuple[NamedEvent, ...] = ()
) -> tuple[TimeExpression, ...]:
    """Find the time expressions of a text, in order and apart, read as of its day of publication.

    Spans leave out prepositions. `country` (ISO 3166, or the region of `language`) decides whether 4/5 is in April
    or in May. `events` are read as times besides our own table of them. A language that is not supported gives none.
    """
    if not supported(language):
        return ()
    region = country or language.replace("_", "-").partition("-")[2]
    story = Story(published, day_first=bool(region) and region.upper() not in _MONTH_FIRST)
    return tuple(_Reader(text, story, load(language, events)).expressions())


def correct(span: Span, value: str, published: Publication) -> TimeExpression:
    """A reader's correction: the expression reads as this TIMEX3 value. Raises ValueError if it means nothing."""
    value = value.strip()
    return TimeExpression(
        span=span,
        type=timex.kind_of(value),
        value=value,
        interval=timex.interval_of(value),
        relative_to=published.day,
        reckoned="as a reader put it right",
    )


class _Reader:
    """Reads one text."""

    def __init__(self, text: str, story: Story, language: Language) -> None:
        self.story, self.language = story, language
        self.tokens = split(text)
        self.codes = language.lexicon.encode(self.tokens.words)
        self.tense = Tense(self.tokens.words, self.codes, language.lexicon)
        self.at = 0  # the first token whose sentence is not counted yet
        self.last_after = -1
        self.last: Reading | None = None

    def expressions(self) -> list[TimeExpression]:
        """The expressions, in order."""
        matches = list(self.language.frames(self.tokens, self.codes))
        self._recognise_narrative([frame for frames in matches for frame in frames])
        found: list[TimeExpression] = []
        for frames in matches:
            for frame in frames:
                self._count_sentences(frame.first)
                reading = self._read(frame)
                if reading is not None:
                    if found and self._is_range(frame):
                        found[-1] = in_order(found[-1], reading)
                    found.append(_expression(self.tokens.span(frame.first, frame.after), reading))
                    self._remember(frame, reading)
        return found

    def _read(self, frame: Frame) -> Reading | None:
        way = partial(self.tense.way, frame.first, frame.after)
        return resolve(
            frame,
            Scene(
                self.story,
                way,
                rate=self.last_after == frame.first,
                sport=self._is_sport(frame),
                apposed=self.last.day if self.last and self._is_apposed(self.last_after, frame) else None,
            ),
        )

    def _is_apposed(self, after: int, frame: Frame) -> bool:
        """Whether a comma alone parts the expression from the one that ends there: "a day later, on Thursday"."""
        return after >= 0 and self.tokens.words[after : frame.first] in ([","], [",", "on"])

    def _is_range(self, frame: Frame) -> bool:
        """Whether nothing but "to" or the like stands between the expression and the one before."""
        return (
            frame.first == self.last_after + 1
            and self.codes[self.last_after] in self.language.lexicon.members["rangeword"]
        )

    def _is_sport(self, frame: Frame) -> bool:
        """Whether the words around, for halves and quarters alone, tell of a match."""
        if "quarter" not in frame and "half" not in frame:
            return False
        around = self.codes[max(0, frame.first - _MATCH) : frame.after + _MATCH]
        return not self.language.lexicon.members["sport"].isdisjoint(around)

    def _remember(self, frame: Frame, reading: Reading) -> None:
        self.last_after = frame.after
        self.last = reading
        if reading.type in ("DATE", "TIME") and (reading.interval or reading.value.startswith("BC")):
            year = (
                -int(reading.value[2:]) if reading.value.startswith("BC") and len(reading.value) == len("BC0049") else 0
            )
            full = reading.full and not self._is_attributive(frame)
            self.story.remember(
                Mention(reading.value, reading.interval, self.story.sentence, full, self._is_aside(frame), year)
            )

    def _count_sentences(self, first: int) -> None:
        self.story.sentence += self.tense.sentences_ended(self.at, first)
        self.at = max(self.at, first)

    def _is_aside(self, frame: Frame) -> bool:
        """Whether brackets, or commas around a participle, part the expression from its sentence.

        "The club, founded in 1903, won" is an aside; "back in 1979, we moved" and "on D-Day, 6 June 1944," are none.
        """
        words = self.tokens.words
        if frame.after >= len(words) or words[frame.after] not in (",", ")"):
            return False
        told = False
        for at in range(frame.opens, max(-1, frame.opens - _ASIDE), -1):
            told = told or self.tense.is_past(at)
            if words[at] in (",", "("):
                return told or words[at] == "("
            if words[at] in (".", ";"):
                return False
        return False

    def _is_attributive(self, frame: Frame) -> bool:
        """Whether a bare year only tells which one of a kind is meant: "the 2016 election"."""
        if not (
            frame.after - frame.first == 1 and "year" in frame and frame.first > 0 and frame.after < len(self.codes)
        ):
            return False
        owned = self.codes[frame.first - 1] in self.language.lexicon.members["owner"]
        return owned and self.tokens.words[frame.after].isalpha()

    def _is_beside(self, others: set[int], frame: Frame) -> bool:
        """Whether a weekday only says once more which day a date before it is."""
        return "weekday" in frame and any(
            self._is_apposed(frame.first - gap, frame) for gap in (1, 2) if frame.first - gap in others
        )

    def _recognise_narrative(self, frames: list[Frame]) -> None:
        """A text tells of years long past where such years outnumber what points to the day of publication."""
        today = self.story.today
        years = [frame.number("year") for frame in frames if "year" in frame and frame.kind == "date"]
        short = sum("bce" in frame or frame.text("doubt") == "short" for frame in frames)
        if short < _SHORT_YEARS:
            years = [year for year in years if year >= _FOUR_DIGITS]
        old = sum(year < today.year - 1 for year in years)
        others = {frame.after for frame in frames if not _is_of_today(frame)}
        pointing = sum(_is_of_today(frame) and not self._is_beside(others, frame) for frame in frames)
        recent = sum(year >= today.year - 1 for year in years) + pointing
        todays = sum("deictic" in frame and frame.number("deictic") == 0 for frame in frames)
        self.story.narrative = old > 2 * recent
        self.story.steeped = old > _STEEPED * recent
        self.story.history = old > 2 * (recent - todays) and recent == todays


def _is_of_today(frame: Frame) -> bool:
    """Whether a frame counts from the day of publication."""
    if frame.kind == "turn":
        return "which" in frame and frame.text("anchor") != "text"
    return frame.kind == "date" and ("deictic" in frame or ("weekday" in frame and "month" not in frame))


def _expression(span: Span, reading: Reading) -> TimeExpression:
    return TimeExpression(
        span=span,
        type=reading.type,
        value=reading.value,
        interval=reading.interval,
        mod=reading.mod,
        relative_to=reading.anchor,
        reckoned=reading.reckoned or _plain_words(reading),
    )


def _plain_words(reading: Reading) -> str:
    """The day or days of a reading that was not reckoned from anything."""
    if reading.interval is None:
        return ""
    start, end = reading.interval.start, reading.interval.end
    return day_words(start) if start == end else f"{day_words(start)} to {day_words(end)}"
