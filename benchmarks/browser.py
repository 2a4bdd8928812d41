"""A Chromium that nobody looks into: driven by its own protocol, with nothing of the inspector switched on.

A driver made for tests enables the inspector in every page, and V8 then keeps, for each exception thrown, where in the source every function of the
stack is: it reads Plotly's script three times more while it runs. Viewers have no inspector, so a page is timed without one.
"""

import json
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

from websockets.sync.client import ClientConnection, connect

from tools.chromium import find

PATIENCE_S = 60
WINDOW = {"width": 1400, "height": 2600, "deviceScaleFactor": 1, "mobile": False}
SWITCHES = [
    "--headless", "--remote-debugging-port=0", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--no-default-browser-check",
    "--disable-background-networking", "--disable-component-update", "--disable-extensions", "--disable-sync", "--mute-audio", "--hide-scrollbars",
    "--disable-background-timer-throttling", "--disable-backgrounding-occluded-windows", "--disable-renderer-backgrounding", "--accept-lang=zh-CN",
]  # fmt: skip


class Gone(RuntimeError):
    """The browser refused, or a page never came to what was waited for."""


@dataclass
class Wire:
    """Questions and answers of the protocol, one at a time."""

    socket: ClientConnection
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def ask(self, method: str, session: str = "", **parameters: Any) -> dict[str, Any]:
        """What the browser answers; Gone with its reason where it refuses."""
        number = next(self.numbers)
        self.socket.send(json.dumps({"id": number, "method": method, "params": parameters} | ({"sessionId": session} if session else {})))
        while True:
            answer = json.loads(self.socket.recv(timeout=PATIENCE_S))
            if answer.get("id") == number:
                if "error" in answer:
                    raise Gone(f"{method}: {answer['error']['message']}")
                return answer["result"]


@dataclass(frozen=True)
class Page:
    """One tab."""

    wire: Wire
    target: str
    session: str

    def goto(self, address: str) -> None:
        """Send the tab to the address, and wait for nothing."""
        self.wire.ask("Page.navigate", self.session, url=address)

    def evaluate(self, function: str, argument: object = None) -> Any:
        """What the function returns for the argument, awaited where it is a promise."""
        expression = f"({function})({json.dumps(argument)})"
        found = self.wire.ask("Runtime.evaluate", self.session, expression=expression, awaitPromise=True, returnByValue=True)
        if "exceptionDetails" in found:
            raise Gone(found["exceptionDetails"].get("exception", {}).get("description", "an exception"))
        return found["result"].get("value")

    def wait_for(self, function: str, argument: object = None) -> Any:
        """What the function returns as soon as that is something; it is asked twenty times a second. Gone where it never does."""
        until = time.monotonic() + PATIENCE_S
        while time.monotonic() < until:
            # A tab on its way to another address has no page to ask.
            try:
                if found := self.evaluate(function, argument):
                    return found
            except Gone as problem:
                if "context" not in str(problem).lower():
                    raise
            time.sleep(0.05)
        raise Gone(f"waited in vain for {function}")

    def wait(self, milliseconds: float) -> None:
        """Let time pass."""
        time.sleep(milliseconds / 1000)

    def click(self, element: str, rest_ms: float = 0) -> None:
        """Rest on the element, given by a function that finds it, and press and release the button there."""
        place = self.wait_for(f"""() => {{
          const found = ({element})()
          if (!found) return null
          found.scrollIntoView({{ block: "nearest" }})
          const {{ x, y, width, height }} = found.getBoundingClientRect()
          return width && height ? {{ x: x + width / 2, y: y + height / 2 }} : null
        }}""")
        self.wire.ask("Input.dispatchMouseEvent", self.session, type="mouseMoved", **place)
        self.wait(rest_ms)
        for kind in ("mousePressed", "mouseReleased"):
            self.wire.ask("Input.dispatchMouseEvent", self.session, type=kind, button="left", clickCount=1, **place)

    def write(self, text: str) -> None:
        """Type the text into what has the focus."""
        self.wire.ask("Input.insertText", self.session, text=text)

    def bring_to_front(self) -> None:
        """Show this tab before the others."""
        self.wire.ask("Page.bringToFront", self.session)

    def close(self) -> None:
        """Close the tab."""
        self.wire.ask("Target.closeTarget", targetId=self.target)


@dataclass(frozen=True)
class Viewer:
    """Somebody's browser: its tabs share what it has stored. ``context``: empty for the profile, which keeps what it has loaded and compiled.

    ``script`` runs in every page before its own.
    """

    wire: Wire
    script: str
    context: str = ""

    def new_page(self) -> Page:
        """An empty tab."""
        own = {"browserContextId": self.context} if self.context else {}
        target = self.wire.ask("Target.createTarget", url="about:blank", **own)["targetId"]
        session = self.wire.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        page = Page(self.wire, target, session)
        self.wire.ask("Emulation.setDeviceMetricsOverride", session, **WINDOW)
        self.wire.ask("Emulation.setFocusEmulationEnabled", session, enabled=True)
        self.wire.ask("Page.enable", session)
        self.wire.ask("Page.addScriptToEvaluateOnNewDocument", session, source=self.script)
        return page

    def close(self) -> None:
        """Forget all that the viewer has stored; not for the profile."""
        self.wire.ask("Target.disposeBrowserContext", browserContextId=self.context)


@dataclass(frozen=True)
class Chromium:
    """A running browser. ``script`` runs in every page before its own."""

    wire: Wire
    script: str

    def returning(self) -> Viewer:
        """The viewer of the profile, who comes again and again."""
        return Viewer(self.wire, self.script)

    def new(self) -> Viewer:
        """A viewer whose browser holds nothing."""
        return Viewer(self.wire, self.script, self.wire.ask("Target.createBrowserContext")["browserContextId"])


@contextmanager
def chromium(script: str) -> Iterator[Chromium]:
    """A Chromium with an empty profile of its own."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        process = subprocess.Popen([str(find()), *SWITCHES, f"--user-data-dir={profile}"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            with connect(_address(Path(profile)), max_size=None) as socket:
                yield Chromium(Wire(socket), script)
        finally:
            process.terminate()
            process.wait()


def _address(profile: Path) -> str:
    """Where the browser listens, which it writes down once it does."""
    written, until = profile / "DevToolsActivePort", time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        if written.exists() and len(lines := written.read_text("utf-8").split()) == 2:
            port, path = lines
            return f"ws://127.0.0.1:{port}{path}"
        time.sleep(0.05)
    raise Gone("the browser did not start")
