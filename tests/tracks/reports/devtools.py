"""A headless Chromium spoken to over its own pipe: no driver, no port, and nothing but files for the pages."""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from pathlib import Path

CHROMIUM = "/usr/bin/chromium"
_FLAGS: Final = (
    "--headless=new --no-sandbox --disable-gpu --hide-scrollbars --remote-debugging-pipe --no-first-run --disable-quic "
    "--disable-background-networking --disable-component-update --disable-sync"
)
_A4: Final = {"paperWidth": 8.27, "paperHeight": 11.69, "marginTop": 0.4, "marginBottom": 0.4, "marginLeft": 0.4, "marginRight": 0.4}


class Browser:
    """One browser with one page; remembers every request and every complaint, and lets nothing but files through."""

    def __init__(self, profile: Path) -> None:
        read_commands, self._write = os.pipe()
        self._read, write_answers = os.pipe()
        bash = shutil.which("bash") or "/bin/bash"
        command = f"exec {CHROMIUM} {_FLAGS} --user-data-dir='{profile}' about:blank 3<&{read_commands} 4>&{write_answers}"
        self._process = subprocess.Popen(
            [bash, "-c", command], pass_fds=(read_commands, write_answers), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        os.close(read_commands)
        os.close(write_answers)
        self._number, self._rest = 0, b""
        self.requests: list[str] = []
        self.refused: list[str] = []
        self.complaints: list[str] = []
        self._session = ""
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network", "Fetch"):
            self.call(f"{domain}.enable")

    def call(self, method: str, **params: Any) -> dict[str, Any]:
        """Send one command and wait for its answer."""
        number = self._send(method, params)
        while True:
            answer = self._next()
            if answer.get("id") == number:
                assert "error" not in answer, answer
                return dict(answer["result"])

    def _send(self, method: str, params: dict[str, Any]) -> int:
        self._number += 1
        message: dict[str, Any] = {"id": self._number, "method": method, "params": params}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._write, json.dumps(message).encode() + b"\0")
        return self._number

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._rest:
            part = os.read(self._read, 1 << 20)
            assert part, "Chromium has gone"
            self._rest += part
        first, _, self._rest = self._rest.partition(b"\0")
        message = dict(json.loads(first))
        self._note(message.get("method", ""), message.get("params", {}))
        return message

    def _note(self, method: str, params: dict[str, Any]) -> None:
        if method == "Network.requestWillBeSent":
            self.requests.append(params["request"]["url"])
        if method == "Fetch.requestPaused":
            self._let_through(params["requestId"], params["request"]["url"])
        if method in ("Log.entryAdded", "Runtime.consoleAPICalled", "Runtime.exceptionThrown"):
            self.complaints.append(json.dumps(params))

    def _let_through(self, request: str, url: str) -> None:
        if url.startswith("file:"):
            self._send("Fetch.continueRequest", {"requestId": request})
        else:
            self.refused.append(url)
            self._send("Fetch.failRequest", {"requestId": request, "errorReason": "BlockedByClient"})

    def open(self, page: Path, width: int) -> None:
        """Show a file in a window of so many pixels; what was asked for and complained of before is forgotten."""
        for heard in (self.requests, self.refused, self.complaints):
            heard.clear()
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=False)
        self.call("Page.navigate", url=page.as_uri())
        while self._next().get("method") != "Page.loadEventFired":
            pass

    def ask(self, expression: str) -> Any:
        """The value of an expression in the page, waited for if it is a promise."""
        answer = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    def shoot(self, target: Path) -> None:
        """A picture of the whole page."""
        picture = self.call("Page.captureScreenshot", captureBeyondViewport=True)["data"]
        target.write_bytes(base64.b64decode(picture))

    def print(self) -> bytes:
        """The page as a PDF on A4, as a person prints it: without the colours behind the text."""
        return base64.b64decode(self.call("Page.printToPDF", printBackground=False, **_A4)["data"])

    def close(self) -> None:
        """End the browser."""
        self._session = ""
        self.call("Browser.close")
        self._process.wait(timeout=30)
        os.close(self._write)
        os.close(self._read)
