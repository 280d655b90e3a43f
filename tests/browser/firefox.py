"""Firefox, spoken to over WebDriver BiDi."""

import base64
import json
from pathlib import Path
from typing import Any

from browser.browsers import EXTENSION, HEIGHT, WIDTH, Browser, installed

PROGRAM = installed("firefox-esr", "firefox")
_ID = "backstory@backstory.invalid"
_UUID = "11111111-2222-4333-8444-555555555555"
_KEYS = {
    "Alt": "\ue00a",
    "Shift": "\ue008",
    "Control": "\ue009",
    "Escape": "\ue00c",
    "Tab": "\ue004",
    "Enter": "\ue007",
}
_PREFS = {
    "extensions.webextensions.uuids": json.dumps({_ID: _UUID}),
    "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "ui.systemUsesDarkTheme": 0,
}
# The toolbar button, pressed as the browser itself presses it.
_ACTION = f"""(() => {{
    const {{ ExtensionParent }} = ChromeUtils.importESModule('resource://gre/modules/ExtensionParent.sys.mjs');
    const {{ extension }} = WebExtensionPolicy.getByID('{_ID}');
    return ExtensionParent.apiManager.global.browserActionFor(extension);
}})()"""


class Firefox(Browser):
    """A headless Firefox with our extension in it."""

    name = "firefox"

    def begin(self) -> None:
        lines = (f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in _PREFS.items())
        Path(self._profile, "user.js").write_text("".join(lines), encoding="utf-8")
        self._remote = self.start(
            [
                str(PROGRAM),
                "--headless",
                "--no-remote",
                "--profile",
                self._profile,
                "--remote-debugging-port=0",
                "--remote-allow-system-access",
            ],
            r"WebDriver BiDi listening on (ws://\S+)",
            "/session",
        )
        self._remote.send("session.new", {"capabilities": {}})
        self._remote.send(
            "webExtension.install", {"extensionData": {"type": "path", "path": str(EXTENSION / "firefox")}}
        )
        self._tab = self._contexts()[0]["context"]
        self._chrome = self._contexts(**{"moz:scope": "chrome"})[0]["context"]
        # As a click into the page would: where keys go, the focus is shown.
        self._evaluate("void (window.focus(), gBrowser.selectedBrowser.focus())", self._chrome)
        self.resize(WIDTH, HEIGHT)

    def open(self, address: str) -> None:
        self._remote.send("browsingContext.navigate", {"context": self._tab, "url": address, "wait": "complete"})

    def open_options(self) -> None:
        self.open(f"moz-extension://{_UUID}/options.html")

    def press_button(self) -> None:
        self._evaluate(f"void {_ACTION}.triggerAction(window)", self._chrome)

    def press_keys(self, *keys: str) -> None:
        values = [_KEYS.get(key, key) for key in keys]
        downs = [{"type": "keyDown", "value": value} for value in values]
        ups = [{"type": "keyUp", "value": value} for value in reversed(values)]
        self._act({"type": "key", "id": "keys", "actions": downs + ups})

    def move(self, x: float, y: float) -> None:
        self._act({"type": "pointer", "id": "mouse", "actions": [_move(x, y)]})

    def click(self, x: float, y: float) -> None:
        presses = [{"type": "pointerDown", "button": 0}, {"type": "pointerUp", "button": 0}]
        self._act({"type": "pointer", "id": "mouse", "actions": [_move(x, y), *presses]})

    def resize(self, width: int, height: int) -> None:
        self._remote.send(
            "browsingContext.setViewport", {"context": self._tab, "viewport": {"width": width, "height": height}}
        )

    def prefer(self, *, dark: bool = False, forced: bool = False, still: bool = False, printed: bool = False) -> None:
        prefs = {
            "ui.systemUsesDarkTheme": int(dark),
            "browser.display.document_color_use": 2 if forced else 0,
            "ui.prefersReducedMotion": int(still),
        }
        for name, value in prefs.items():
            self._evaluate(f"void Services.prefs.setIntPref('{name}', {value})", self._chrome)
        medium = "'print'" if printed else "''"
        self._evaluate(f"void (gBrowser.selectedBrowser.browsingContext.mediumOverride = {medium})", self._chrome)

    def screenshot(self) -> bytes:
        return base64.b64decode(self._remote.send("browsingContext.captureScreenshot", {"context": self._tab})["data"])

    def evaluate(self, expression: str) -> Any:
        return self._evaluate(expression, self._tab)

    def in_overlay(self, body: str) -> Any:
        host = self._remote.send(
            "script.evaluate",
            {
                "expression": "document.querySelector('backstory-overlay')",
                "target": {"context": self._tab},
                "awaitPromise": False,
                "serializationOptions": {"maxDomDepth": 1, "includeShadowTree": "all"},
            },
        )["result"]
        shadow = host.get("value", {}).get("shadowRoot")
        if not shadow:
            return None
        function = f"async (root) => JSON.stringify((await (async () => {{ {body} }})()) ?? null)"
        return _value(
            self._remote.send(
                "script.callFunction",
                {
                    "functionDeclaration": function,
                    "arguments": [{"sharedId": shadow["sharedId"]}],
                    "target": {"context": self._tab},
                    "awaitPromise": True,
                },
            )
        )

    def badge(self) -> str:
        action = f"{_ACTION}.action"
        expression = f"{action}.getContextData(gBrowser.selectedTab).badgeText ?? ''"
        return str(self._evaluate(expression, self._chrome))

    def _evaluate(self, expression: str, context: str) -> Any:
        asked = f"(async () => JSON.stringify((await ({expression.removeprefix('void ')})) ?? null))()"
        if expression.startswith("void "):
            asked = f"(async () => {{ {expression}; return 'null'; }})()"
        target = {"target": {"context": context}, "awaitPromise": True}
        return _value(self._remote.send("script.evaluate", {"expression": asked, **target}))

    def _act(self, source: dict[str, Any]) -> None:
        self._remote.send("input.performActions", {"context": self._tab, "actions": [source]})

    def _contexts(self, **which: str) -> list[dict[str, Any]]:
        return list(self._remote.send("browsingContext.getTree", dict(which))["contexts"])


def _move(x: float, y: float) -> dict[str, Any]:
    return {"type": "pointerMove", "x": round(x), "y": round(y)}


def _value(answer: dict[str, Any]) -> Any:
    if answer["type"] == "exception":
        raise AssertionError(json.dumps(answer["exceptionDetails"])[:600])
    return json.loads(answer["result"]["value"])
