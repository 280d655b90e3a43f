"""The pages for people: which addresses are theirs, and the way between them."""

WAYS = (
    ("Read", "/read"),
    ("Archive", "/archive"),
    ("Search", "/search"),
    ("Feeds", "/feeds"),
    ("Back-fill", "/backfill"),
    ("Jobs", "/jobs"),
    ("Settings", "/settings"),
)
"""The navigation of every page: what a page is called there, and its address."""

_PAGES = frozenset({"/", *(way for _, way in WAYS), "/article", "/import", "/requests", "/start", "/tokens"})
_FOLDERS = ("/article/", "/backfill/", "/extension/", "/feeds/", "/jobs/", "/static/", "/tokens/")


def is_for_people(path: str) -> bool:
    """Whether an address is one that a person opens in a browser, or that such a page loads."""
    return path in _PAGES or path.startswith(_FOLDERS)
