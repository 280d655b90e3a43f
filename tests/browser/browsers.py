"""A browser as the tests know it: what a reader does in it, and what they see."""

import base64
import contextlib
import json
import re
import shutil
import subprocess
import tempfile
import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Self, TypeVar

from browser.remote import PATIENCE_S, Remote, remote

EXTENSION = Path(__file__).parents[2] / "extension" / "dist"
WIDTH, HEIGHT = 1280, 900

Seen = TypeVar("Seen")


def until(look: Callable[[], Seen | None], what: str, patience_s: float = PATIENCE_S) -> Seen:
    """Look again and again until there is something to see; fails naming what never came."""
    deadline = time.monotonic() + patience_s
    while not (seen := look()):
        if time.monotonic() > deadline:
            raise AssertionError(f"waited {patience_s:.0f} s for {what}")
        time.sleep(0.05)
    return seen


class Browser(ABC):
    """A running browser with our extension in it and one tab; leave the context to end it."""

    name: str

    def __init__(self) -> None:
        self._ends = ExitStack()
        self._remote: Remote
        self._profile = ""

    def __enter__(self) -> Self:
        with ExitStack() as ends:
            self._profile = ends.enter_context(
                tempfile.TemporaryDirectory(prefix="backstory-", ignore_cleanup_errors=True)
            )
            self._ends = ends
            self.begin()
            self._ends = ends.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._ends.close()

    @abstractmethod
    def begin(self) -> None:
        """Start the browser with the extension in it."""

    # --- what a reader does

    @abstractmethod
    def open(self, address: str) -> None:
        """Go to an address and wait until it has loaded."""

    @abstractmethod
    def open_options(self) -> None:
        """Go to the extension's options."""

    @abstractmethod
    def press_button(self) -> None:
        """Click the extension's button in the toolbar."""

    @abstractmethod
    def press_keys(self, *keys: str) -> None:
        """Press keys together: names as DOM's `key` has them, with the letter's `code` for letters."""

    @abstractmethod
    def move(self, x: float, y: float) -> None:
        """Move the pointer to a point of the window."""

    @abstractmethod
    def click(self, x: float, y: float) -> None:
        """Click at a point of the window."""

    @abstractmethod
    def resize(self, width: int, height: int) -> None:
        """Give the page another size."""

    @abstractmethod
    def prefer(self, *, dark: bool = False, forced: bool = False, still: bool = False, printed: bool = False) -> None:
        """Ask pages for a dark look, for a reader's own few colours, for no motion, as on paper; or for none of it."""

    # --- what there is to see

    @abstractmethod
    def screenshot(self) -> bytes:
        """The window as a PNG."""

    @abstractmethod
    def evaluate(self, expression: str) -> Any:
        """What an expression is worth in the page; a promise is waited for."""

    @abstractmethod
    def in_overlay(self, body: str) -> Any:
        """What a function's body returns, where `root` is our closed shadow tree; None where there is none."""

    @abstractmethod
    def badge(self) -> str:
        """What stands on the toolbar button."""

    # --- what follows from it

    def start(self, command: list[str], announced: str, path: str = "") -> Remote:
        """Start the browser; a connection to the address that it announces, and a path there."""
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)  # noqa: S603
        self._ends.callback(_end, process)
        said: list[str] = []
        for line in process.stderr or ():
            said.append(line)
            if found := re.search(announced, line):
                threading.Thread(target=_drain, args=(process,), daemon=True).start()
                return self._ends.enter_context(remote(found[1] + path))
        raise AssertionError(f"{self.name} ended before it could be spoken to:\n{''.join(said)}")

    @property
    def html(self) -> str:
        """The page's whole tree, written out."""
        return str(self.evaluate("document.documentElement.outerHTML"))

    def lines(self, kind: str) -> list[str]:
        """The words that lie in one kind of highlight, in either ink, in the order of the page."""
        found = self.evaluate(
            f"""['', '-on-dark'].flatMap((ink) => [...(CSS.highlights.get('backstory-{kind}' + ink) ?? [])])
            .sort((a, b) => a.compareBoundaryPoints(Range.START_TO_START, b)).map(String)"""
        )
        return list(found)

    def point_of(self, kind: str, words: str) -> tuple[float, float]:
        """A point in the middle of the first line of highlighted words, once scrolled to."""
        found = self.evaluate(
            f"""(() => {{
                const inks = ['', '-on-dark'].map((ink) => CSS.highlights.get('backstory-{kind}' + ink) ?? []);
                const range = inks.flatMap((ink) => [...ink]).find((one) => String(one) === {json.dumps(words)});
                range.startContainer.parentElement.scrollIntoView({{ block: 'center', behavior: 'instant' }});
                const rect = range.getClientRects()[0];
                return [rect.left + rect.width / 2, rect.top + rect.height / 2];
            }})()"""
        )
        return float(found[0]), float(found[1])

    @property
    def card(self) -> str:
        """What the open card says; empty where none is open."""
        return self._said(".card")

    @property
    def notice(self) -> str:
        """What the notice says; empty where there is none."""
        return self._said(".notice p")

    def use_service(self, address: str, token: str = "") -> None:
        """Save a service in Options, as an owner does."""
        self.fill_in_options(address, token)
        self.evaluate("document.querySelector('[type=submit]').click()")
        until(lambda: self.outcome.startswith("Saved."), "Options to be saved")

    def fill_in_options(self, address: str, token: str = "") -> None:
        """Open Options and type an address and a token."""
        self.open_options()
        until(lambda: self.evaluate("document.getElementById('address').value"), "Options to be filled in")
        for field, value in (("address", address), ("token", token)):
            self.evaluate(f"void (document.getElementById('{field}').value = {json.dumps(value)})")

    @property
    def outcome(self) -> str:
        """What Options says about what was done last."""
        return str(self.evaluate("document.getElementById('outcome').textContent"))

    def stays(self, look: Callable[[], object], seconds: float = 0.8) -> bool:
        """Whether there is something to see all the while, longer than anything here takes to go."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if not look():
                return False
            time.sleep(0.05)
        return True

    def count_pixels(self, picture: bytes, colour: str) -> int:
        """How many pixels of a screenshot have exactly this colour (`#rrggbb`). Leaves the page."""
        self.open("about:blank")
        red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
        return int(
            self.evaluate(
                f"""(async () => {{
                    const image = new Image();
                    image.src = 'data:image/png;base64,{base64.b64encode(picture).decode()}';
                    await image.decode();
                    const {{ width, height }} = image;
                    const pen = Object.assign(document.createElement('canvas'), {{ width, height }}).getContext('2d');
                    pen.drawImage(image, 0, 0);
                    const {{ data }} = pen.getImageData(0, 0, width, height);
                    let count = 0;
                    for (let at = 0; at < data.length; at += 4)
                        count += data[at] === {red} && data[at + 1] === {green} && data[at + 2] === {blue};
                    return count;
                }})()"""
            )
        )

    def _said(self, selector: str) -> str:
        return str(self.in_overlay(f"return root.querySelector('{selector}')?.innerText ?? ''") or "")


def installed(*names: str) -> str | None:
    """The first of some programs that is installed."""
    return next((path for name in names if (path := shutil.which(name))), None)


def _end(process: "subprocess.Popen[str]") -> None:
    process.terminate()
    process.wait(timeout=PATIENCE_S)
    if process.stderr:
        process.stderr.close()


def _drain(process: "subprocess.Popen[str]") -> None:
    """Read on, so that a talkative browser never waits for a reader."""
    with contextlib.suppress(ValueError):  # closed at the end
        for _ in process.stderr or ():
            pass
