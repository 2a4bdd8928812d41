"""The document that every page begins with: the board's name in its tab until the first page has come, and the chart library asked for at once."""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from qa.text import Text

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

NAME = Text("听鉴 Tingjian", "Tingjian")
OURS = f"<title>{NAME.zh}</title>".encode()
OK = 200
_STREAMLITS = b"<title>Streamlit</title>"


class Document:
    """A layer of the server that puts the board's name and a request for ``script`` into the document; all else passes as it is.

    The script, a path from the server's root, is loaded behind Streamlit's own: a browser that first comes here has it when the first chart does.
    """

    def __init__(self, app: Callable[[Message, Receive, Send], Awaitable[None]], script: str) -> None:
        self.app, self.script = app, script

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "GET" or b"text/html" not in dict(scope["headers"]).get(b"accept", b""):
            await self.app(scope, receive, send)
            return
        # Packed, the document could not be read here; it is eight kilobytes.
        unpacked = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]
        await self.app({**scope, "headers": unpacked}, receive, _Changed(send, self.script))


class _Changed:
    """Sends an answer on, a document in one piece and with what is ours."""

    def __init__(self, send: Send, script: str) -> None:
        self.send, self.body = send, b""
        # As Streamlit's own addresses in the document: from where it lies, whatever path the server has in front.
        self.preload = f'<link rel="preload" as="script" fetchpriority="low" href="./{script}" />'.encode()
        self.start: Message | None = None

    async def __call__(self, message: Message) -> None:
        is_whole = message["type"] == "http.response.start" and message["status"] == OK
        if is_whole and dict(message["headers"]).get(b"content-type", b"").startswith(b"text/html"):
            self.start = message
        elif self.start is None:
            await self.send(message)
        else:
            self.body += message.get("body", b"")
            if not message.get("more_body"):
                await self._finish(self.start)

    async def _finish(self, start: Message) -> None:
        body = self.body.replace(_STREAMLITS, OURS + self.preload)
        headers = [(name, value) for name, value in start["headers"] if name != b"content-length"]
        await self.send({**start, "headers": [*headers, (b"content-length", str(len(body)).encode())]})
        await self.send({"type": "http.response.body", "body": body})
