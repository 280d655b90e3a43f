"""Pages that were saved as files: one, or a folder of them with all folders below it."""

import os
from collections.abc import Iterator
from pathlib import Path

from backstory.errors import NoArticleError
from backstory.model import Offer
from backstory.reading.address import address_of
from backstory.reading.decoding import decode, looks_like_html
from backstory.sources.unreadable import Unreadable


def files_in(folder: Path) -> Iterator[Path | Unreadable]:
    """Every file in a folder and below it, in the order of their names.

    A link to a file or a folder elsewhere is not followed, and told; one to what stands within is passed over, since
    that comes by itself.
    """
    home = folder.resolve()
    for place, folders, files in os.walk(folder, onerror=None, followlinks=False):
        folders.sort()
        for name in sorted([*files, *folders]):
            path = Path(place, name)
            if path.is_symlink():
                if not path.resolve().is_relative_to(home):
                    yield Unreadable(str(path), "it is a link that leads out of the folder")
            elif path.is_file():
                yield path


def page_in(name: str, body: bytes, *, max_page_bytes: int) -> Offer | Unreadable | None:
    """The page that a file holds, at the address that it gives as its own; None where it holds no HTML."""
    html = decode(body)
    if not looks_like_html(html):
        return None
    if len(body) > max_page_bytes:
        return Unreadable(name, f"it has more than {max_page_bytes:,} bytes")
    try:
        url = address_of(html)
    except NoArticleError as error:
        return Unreadable(name, str(error))
    if not url:
        return Unreadable(
            name, "it does not say where it was published (no canonical link, og:url or note of its saving)"
        )
    return Offer(url=url, html=html)
