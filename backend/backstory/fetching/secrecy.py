"""What is secret of an errand: who gets to see it, and how it is kept out of everything else."""

from dataclasses import dataclass, field
from urllib.parse import quote, quote_plus, unquote_plus, urlencode

import httpx

from backstory.errors import FetchRefusedError
from backstory.fetching.hosts import host_of, port_of
from backstory.model import Errand

_TELLING = 6  # characters; anything shorter stands in honest words too, and blotting it out would garble them

_TOLD = frozenset({"accept", "accept-language", "content-type"})  # headers that hold nothing of the owner's


@dataclass(frozen=True, slots=True)
class Secrecy:
    """The query parameters and headers of an errand, which only the host that it was for may see."""

    home: httpx.URL
    parameters: tuple[tuple[str, str], ...] = field(repr=False)
    headers: tuple[tuple[str, str], ...] = field(repr=False)

    @staticmethod
    def of(errand: Errand, home: httpx.URL) -> "Secrecy":
        """What is secret of this errand, which begins at `home`."""
        return Secrecy(home, errand.secret, errand.headers)

    def is_at_home(self, target: httpx.URL) -> bool:
        """Whether the target is the first host, spoken to as safely as at first."""
        if host_of(target) != host_of(self.home):
            return False
        same = (target.scheme, port_of(target)) == (self.home.scheme, port_of(self.home))
        return same or (port_of(self.home), target.scheme, port_of(target)) == (80, "https", 443)

    def dressed(self, target: httpx.URL) -> httpx.URL:
        """The address as the host gets to see it."""
        if not self.parameters or not self.is_at_home(target):
            return target
        added = urlencode(self.parameters).encode("ascii")
        return target.copy_with(query=target.query + b"&" + added if target.query else added)

    def headers_for(self, target: httpx.URL) -> tuple[tuple[str, str], ...]:
        """The errand's own headers, where the host may see them."""
        return self.headers if self.is_at_home(target) else ()

    def stripped(self, target: httpx.URL) -> httpx.URL:
        """An address that a host gave back, without what it repeats of the secret.

        Raises:
            FetchRefusedError: it repeats it elsewhere than in its query.
        """
        names = {name for name, _ in self.parameters}
        pairs = [pair for pair in target.query.decode("ascii").split("&") if pair]
        kept = [pair for pair in pairs if unquote_plus(pair.partition("=")[0]) not in names]
        if len(kept) < len(pairs):
            target = target.copy_with(query="&".join(kept).encode("ascii") or None)
        if any(value in spelt for value in self._values() for spelt in (str(target), unquote_plus(str(target)))):
            raise FetchRefusedError(f"{self.home.host} leads on to an address that repeats what is secret")
        return target

    def hidden(self, words: str) -> str:
        """The words, with every secret in them blotted out."""
        for value in self._values():
            for spelling in (value, quote(value), quote(value, safe=""), quote_plus(value)):
                words = words.replace(spelling, "…")
        return words

    def _values(self) -> list[str]:
        """What must not be told; of a header its last word, after the scheme ("Token", "Bearer")."""
        headers = [value.split()[-1] for name, value in self.headers if name.lower() not in _TOLD and value.strip()]
        return [value for value in (*(value for _, value in self.parameters), *headers) if len(value) >= _TELLING]
