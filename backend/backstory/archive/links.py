"""Which articles of the embedded archive link to an address."""

from collections.abc import Collection, Mapping

from backstory.addresses import address_key
from backstory.archive.filters import as_list
from backstory.archive.preparing import Prepared, clean
from backstory.archive.store import Store


def keep_links(store: Store, changes: Mapping[int, Prepared], replaced: Collection[int]) -> None:
    """Note the links of articles, in place of those that had others."""
    store.run("DELETE FROM links WHERE article IN (SELECT value FROM json_each(?))", as_list(replaced))
    store.run_many(
        "INSERT INTO links VALUES (?, ?)",
        [
            (address, number)
            for number, prepared in changes.items()
            for address in {address_key(link.url) for link in prepared.article.links}
        ],
    )


def links_to(store: Store, url: str) -> list[str]:
    """The addresses of the articles that link to an address, in the order in which they came."""
    rows = store.run(
        "SELECT a.url FROM links l JOIN articles a ON a.id = l.article WHERE l.address = ? ORDER BY a.id",
        address_key(clean(url)),
    )
    return [linking for (linking,) in rows]
