"""The HTML page a browser gets first, which is Streamlit's: with our name in place of Streamlit's, and Plotly's script on its way.

Without this a tab is called "Streamlit" until the board is connected, and Plotly's script, half a second of work, runs only when
the first chart is there: after everything else instead of while the browser waits for the server.
"""

from collections.abc import Awaitable, Callable, MutableMapping
from pathlib import Path
from typing import Any

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

STATIC = Path(__file__).parent.parent / "static"
TITLE = (b"<title>Streamlit</title>", "<title>听鉴 Tingjian</title>".encode())
_ALWAYS_WHOLE = (b"accept-encoding", b"if-none-match", b"if-modified-since", b"range")
_OF_THE_FILE = (b"content-length", b"etag", b"last-modified")


def script() -> bytes:
    """The element that lets Plotly's script run as soon as the browser has nothing else to do; the board then finds it there."""
    (plotly,) = STATIC.glob("plotly-*.js")
    code = Path(__file__).with_suffix(".js").read_text("utf-8")
    return f'<script data-src="./app/static/{plotly.name}">{code}</script></head>'.encode()


class FirstPage:
    """ASGI middleware around Streamlit's application."""

    def __init__(self, app: Callable[[Scope, Receive, Send], Awaitable[None]]):
        self.app = app
        self.replaced = (TITLE, (b"</head>", script()))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "GET" or b"text/html" not in _header(scope["headers"], b"accept"):
            await self.app(scope, receive, send)
            return
        asked = {**scope, "headers": [(name, value) for name, value in scope["headers"] if name not in _ALWAYS_WHOLE]}
        await self.app(asked, receive, _Rewriting(send, self.replaced))


class _Rewriting:
    """Holds an HTML answer back until it is whole, and sends it with the replacements; passes on everything else."""

    def __init__(self, send: Send, replaced: tuple[tuple[bytes, bytes], ...]):
        self.send, self.replaced = send, replaced
        self.start: Message | None = None
        self.body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start" and _header(message["headers"], b"content-type").startswith(b"text/html"):
            self.start = message
        elif self.start is None or message["type"] != "http.response.body":
            await self.send(message)
        else:
            self.body += message.get("body", b"")
            if not message.get("more_body", False):
                await self._finish(self.start)

    async def _finish(self, start: Message) -> None:
        for old, new in self.replaced:
            self.body = self.body.replace(old, new, 1)
        headers = [(name, value) for name, value in start["headers"] if name.lower() not in _OF_THE_FILE]
        await self.send({**start, "headers": [*headers, (b"content-length", str(len(self.body)).encode())]})
        await self.send({"type": "http.response.body", "body": self.body})


def _header(headers: list[tuple[bytes, bytes]], name: bytes) -> bytes:
    return next((value for own, value in headers if own.lower() == name), b"")
