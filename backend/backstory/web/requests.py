"""What a client asks for, read from the body of its request."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from backstory.errors import NoArticleError, PageTooLargeError
from backstory.model import Options, Page, Publication, Span, TimeCorrection
from backstory.web.fields import (
    Fields,
    address,
    flag,
    instant,
    language,
    publication,
    share,
    timex_value,
    whole,
    words,
)
from backstory.web.problems import ProblemError
from backstory.web.strict_json import parse_object

_LIMIT_MOST = 100  # prior articles for a claim; more is a listing, not a footnote
_CORRECTIONS_MOST = 1_000  # more than any article has time expressions
_POSITION_MOST = 100_000_000  # no page may be longer


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnotateRequest:
    """A page to annotate, how, and whether its text is to come back with it."""

    page: Page
    options: Options
    include_text: bool = False


def annotate_request(body: bytes, *, max_page_bytes: int, clock: Callable[[], datetime]) -> AnnotateRequest:
    """What the body of `POST /api/annotations` asks for.

    Raises:
        ProblemError: it is malformed.
        PageTooLargeError: the page is larger than allowed.
        NoArticleError: the page is blank.
    """
    fields = Fields(parse_object(body))
    url = fields.take("url", address, "")
    html, text = fields.take("html", words, None), fields.take("text", words, None)
    published = fields.take("published", publication, None)
    read_at = fields.take("read_at", instant, None)
    spoken = fields.take("language", language, "")
    corrected, corrections = _corrections(fields.within("corrections"))
    options, include_text = _options(fields.within("options"), corrections)
    fields.close()
    _check_page(url, html, text, max_page_bytes=max_page_bytes)
    page = Page(
        url=url,
        html=html or "",
        text=text or "",
        read_at=read_at or clock(),
        published=corrected or published,
        language=spoken,
    )
    return AnnotateRequest(page=page, options=options, include_text=include_text)


def _options(fields: Fields, corrections: tuple[TimeCorrection, ...]) -> tuple[Options, bool]:
    options = Options(
        limit=fields.take("limit", whole(0, _LIMIT_MOST), Options().limit),
        min_confidence=fields.take("min_confidence", share, None),
        exclude_own_outlet=fields.take("exclude_own_outlet", flag, default=False),
        all_sentences=fields.take("all_sentences", flag, default=False),
        corrections=corrections,
    )
    include_text = fields.take("include_text", flag, default=False)
    fields.close()
    return options, include_text


def _corrections(fields: Fields) -> tuple[Publication | None, tuple[TimeCorrection, ...]]:
    published = fields.take("published", publication, None)
    path = fields.path("times")
    times = fields.take("times", _listed, ())
    fields.close()
    return published, tuple(_correction(said, f"{path}[{index}]") for index, said in enumerate(times))


def _listed(value: object) -> tuple[object, ...]:
    if not isinstance(value, list) or len(value) > _CORRECTIONS_MOST:
        raise ValueError(f"a list of at most {_CORRECTIONS_MOST:,} corrections")
    return tuple(value)


def _correction(said: object, path: str) -> TimeCorrection:
    fields = Fields(said, path=path)
    start = fields.take("start", whole(0, _POSITION_MOST), None)
    end = fields.take("end", whole(0, _POSITION_MOST), None)
    value = fields.take("value", timex_value, "")
    fields.close()
    if start is None or end is None or not value:
        raise ProblemError("invalid-field", f"{path} needs start, end and value", field=path)
    if start >= end:
        raise ProblemError("invalid-field", f"{path} must end after it starts: {start}..{end}", field=path)
    return TimeCorrection(Span(start, end), value)


def _check_page(url: str, html: str | None, text: str | None, *, max_page_bytes: int) -> None:
    if not url:
        raise ProblemError("invalid-field", "url is missing: say where the page stands", field="url")
    if (html is None) == (text is None):
        raise ProblemError("invalid-field", "send exactly one of html and text", field="html")
    words_said = html or text or ""
    if len(words_said.encode()) > max_page_bytes:
        raise PageTooLargeError(f"the page has more than {max_page_bytes:,} bytes")
    if not words_said.strip():
        raise NoArticleError("the page is blank")
