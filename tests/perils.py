"""Ways of reading that go wrong, for processes that read: a page's words say how.

Processes import what they run by its name, so these stand in a module of their own.
"""

import os
import time

from backstory.model import Article, Page
from factories import make_article


def read(page: Page) -> Article:
    """An article of the page's whole HTML; `end` in it ends the process, `wait` keeps it."""
    if "end" in page.html:
        os._exit(3)
    if "wait" in page.html:
        time.sleep(600)
    return make_article(f"{page.html} by {os.getpid()}", url=page.url)
