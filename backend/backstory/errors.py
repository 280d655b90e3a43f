"""What can go wrong, as a tree.

BackstoryError
├── PageError                    the page cannot be annotated
│   ├── PageTooLargeError
│   ├── NoArticleError
│   └── CorrectionError
├── FetchError                   a page could not be fetched
│   └── FetchRefusedError
├── SourceError                  a source cannot bring what is wanted
├── HandedInError                a file that was handed in cannot be taken
├── ArticleError                 an article cannot be added to the archive
│   └── ArticleTooLargeError
├── ArchiveError                 prior coverage could not be kept or searched
│   ├── ArchiveUnavailableError
│   │   └── ArchiveLockedError
│   ├── ArchiveVersionError
│   └── BackupError              a backup could not be made, or is not to be brought back
├── LedgerError                  what is followed could not be kept or read
└── SettingsError                a setting has no meaning
"""


class BackstoryError(Exception):
    """The root: everything that Backstory itself raises."""


class PageError(BackstoryError):
    """The page cannot be annotated; the reader's side can put it right."""


class PageTooLargeError(PageError):
    """The page is larger than `max_page_bytes`."""


class NoArticleError(PageError):
    """The page reports nothing: no block of running text was found in it."""


class CorrectionError(PageError):
    """A reader's correction names no place in the article, or no time."""


class FetchError(BackstoryError):
    """A page could not be fetched; its server's side, or the way to it, is at fault.

    `status` is the server's answer, 0 where there was none; `retry_after` the seconds it asked us to wait, 0 where it
    did not say.
    """

    def __init__(self, *arguments: object, status: int = 0, retry_after: float = 0.0) -> None:
        super().__init__(*arguments)
        self.status = status
        self.retry_after = retry_after


class FetchRefusedError(FetchError):
    """A page is not to be fetched: it is private, too large, or no page."""


class SourceError(BackstoryError):
    """A source cannot bring what is wanted: a key is missing or refused, or its answer means nothing."""


class HandedInError(BackstoryError):
    """A file that was handed in cannot be taken: it is too large, or there is no room for it."""


class ArticleError(BackstoryError):
    """An article cannot be added to the archive; its sender can put it right."""


class ArticleTooLargeError(ArticleError):
    """A line of an import is larger than `max_article_bytes`."""


class ArchiveError(BackstoryError):
    """Prior coverage could not be kept or searched."""


class ArchiveUnavailableError(ArchiveError):
    """The engine does not answer, or its files cannot be opened."""


class ArchiveLockedError(ArchiveUnavailableError):
    """Another process is writing to the archive; what changes it has to go through that one."""


class ArchiveVersionError(ArchiveError):
    """The archive on disk was written by a newer Backstory."""


class BackupError(ArchiveError):
    """A backup cannot be made, or a file is none that can be brought back."""


class LedgerError(BackstoryError):
    """The ledger (feeds, jobs, tokens, requests) cannot be opened, or does not answer."""


class SettingsError(BackstoryError):
    """A setting has a value that means nothing; the message names what would."""
