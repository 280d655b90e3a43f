"""The plainest door there is: it asks, and says how that ended. For tests of what stands behind a door."""

import httpx

from backstory.errors import FetchError, FetchRefusedError
from backstory.model import Errand, Validators


class Got:
    """What a server sent."""

    def __init__(self, url: str, answer: httpx.Response) -> None:
        self.url = url
        self.body = answer.content
        self.charset = answer.charset_encoding or ""
        self.media_type = answer.headers.get("content-type", "").partition(";")[0]
        self.validators = Validators()
        self.unchanged = False
        self.fresh_seconds = 0.0


class PlainDoor:
    """Goes anywhere at once, and remembers every errand."""

    def __init__(self) -> None:
        self.errands: list[Errand] = []

    async def get(self, errand: Errand) -> Got:
        self.errands.append(errand)
        async with httpx.AsyncClient(trust_env=False) as client:
            url = httpx.URL(errand.url).copy_merge_params(dict(errand.secret))
            answer = await client.get(url, headers=dict(errand.headers))
        if errand.max_bytes and len(answer.content) > errand.max_bytes:
            raise FetchRefusedError(f"{errand.url} is too large")
        if not answer.is_success:
            wait = answer.headers.get("retry-after", "0")
            raise FetchError(
                f"{errand.url} answered with {answer.status_code}", status=answer.status_code, retry_after=float(wait)
            )
        return Got(errand.url, answer)
