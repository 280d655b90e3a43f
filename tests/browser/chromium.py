"""Chromium, spoken to over the DevTools protocol."""

import base64
import json
from typing import Any

from browser.browsers import EXTENSION, HEIGHT, WIDTH, Browser, installed, until

PROGRAM = installed("chromium", "chromium-browser")
_MODIFIERS = {"Alt": 1, "Control": 2, "Meta": 4, "Shift": 8}


class Chromium(Browser):
    """A headless Chromium with our extension in it."""

    name = "chromium"

    def begin(self) -> None:
        self._remote = self.start(
            [
                str(PROGRAM),
                "--headless=new",
                "--no-sandbox",
                "--no-first-run",
                "--remote-debugging-port=0",
                "--enable-unsafe-extension-debugging",
                f"--user-data-dir={self._profile}",
                "about:blank",
            ],
            r"DevTools listening on (ws://\S+)",
        )
        self._extension = self._remote.send("Extensions.loadUnpacked", {"path": str(EXTENSION / "chromium")})["id"]
        until(lambda: self._targets("service_worker"), "the extension to start")
        self._tab = self._targets("page")[0]["targetId"]
        attached = self._remote.send("Target.attachToTarget", {"targetId": self._tab, "flatten": True})
        self._session = attached["sessionId"]
        self.resize(WIDTH, HEIGHT)

    def open(self, address: str) -> None:
        self._send("Page.navigate", {"url": address})
        loaded = f"document.readyState === 'complete' && location.href === {json.dumps(address)}"
        until(lambda: self.evaluate(loaded), f"{address} to load")
        # The browser learns of it a moment after the page: until then the button would be pressed on the page before.
        until(lambda: self._targets("tab")[0]["url"] == address, f"the tab to be at {address}")

    def open_options(self) -> None:
        self.open(f"chrome-extension://{self._extension}/options.html")

    def press_button(self) -> None:
        self._remote.send(
            "Extensions.triggerAction", {"id": self._extension, "targetId": self._targets("tab")[0]["targetId"]}
        )

    def press_keys(self, *keys: str) -> None:
        modifiers = sum(_MODIFIERS.get(key, 0) for key in keys)
        for key in keys:
            if key not in _MODIFIERS:
                code = f"Key{key.upper()}" if len(key) == 1 and key.isalpha() else key
                known = {"Escape": 27, "Tab": 9, "Enter": 13}.get(key, ord(key.upper()) if len(key) == 1 else 0)
                event = {"key": key, "code": code, "modifiers": modifiers, "windowsVirtualKeyCode": known}
                text = {"text": "\r"} if key == "Enter" else {}
                self._send("Input.dispatchKeyEvent", {"type": "keyDown" if text else "rawKeyDown", **event, **text})
                self._send("Input.dispatchKeyEvent", {"type": "keyUp", **event})

    def move(self, x: float, y: float) -> None:
        self._send("Input.dispatchMouseEvent", {"type": "mouseMoved", "x": x, "y": y})

    def click(self, x: float, y: float) -> None:
        for kind in ("mousePressed", "mouseReleased"):
            self._send("Input.dispatchMouseEvent", {"type": kind, "x": x, "y": y, "button": "left", "clickCount": 1})

    def resize(self, width: int, height: int) -> None:
        self._send(
            "Emulation.setDeviceMetricsOverride",
            {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False},
        )

    def prefer(self, *, dark: bool = False, forced: bool = False, still: bool = False, printed: bool = False) -> None:
        wanted = {
            "prefers-color-scheme": "dark" if dark else "light",
            "forced-colors": "active" if forced else "none",
            "prefers-reduced-motion": "reduce" if still else "no-preference",
        }
        features = [{"name": name, "value": value} for name, value in wanted.items()]
        self._send("Emulation.setEmulatedMedia", {"media": "print" if printed else "", "features": features})

    def screenshot(self) -> bytes:
        return base64.b64decode(self._send("Page.captureScreenshot", {"format": "png"})["data"])

    def evaluate(self, expression: str) -> Any:
        return _value(
            self._send("Runtime.evaluate", {"expression": expression, "awaitPromise": True, "returnByValue": True})
        )

    def in_overlay(self, body: str) -> Any:
        document = self._send("DOM.getDocument", {"depth": -1, "pierce": True})["root"]
        host = _find(document, "backstory-overlay")
        if not host or not host.get("shadowRoots"):
            return None
        node = self._send("DOM.resolveNode", {"backendNodeId": host["shadowRoots"][0]["backendNodeId"]})["object"]
        call = {
            "functionDeclaration": f"async function() {{ const root = this; {body} }}",
            "objectId": node["objectId"],
        }
        return _value(self._send("Runtime.callFunctionOn", {**call, "awaitPromise": True, "returnByValue": True}))

    def badge(self) -> str:
        worker = next(target for target in self._targets("service_worker") if self._extension in target["url"])
        attached = self._remote.send("Target.attachToTarget", {"targetId": worker["targetId"], "flatten": True})
        expression = "chrome.tabs.query({active: true}).then(([tab]) => chrome.action.getBadgeText({tabId: tab.id}))"
        asked = {"expression": expression, "awaitPromise": True, "returnByValue": True}
        return str(_value(self._remote.send("Runtime.evaluate", asked, sessionId=attached["sessionId"])))

    def _send(self, method: str, params: dict[str, Any] | None = None) -> Any:
        return self._remote.send(method, params, sessionId=self._session)

    def _targets(self, kind: str) -> list[dict[str, Any]]:
        return list(self._remote.send("Target.getTargets", {"filter": [{"type": kind}]})["targetInfos"])


def _value(answer: dict[str, Any]) -> Any:
    if "exceptionDetails" in answer:
        raise AssertionError(json.dumps(answer["exceptionDetails"])[:600])
    return answer["result"].get("value")


def _find(node: dict[str, Any], name: str) -> dict[str, Any] | None:
    if node.get("localName") == name:
        return node
    return next((found for child in node.get("children", ()) if (found := _find(child, name))), None)
