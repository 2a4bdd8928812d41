"""The chart library as browsers keep it: packed once for all of them, and not asked for again for a year, since its name carries its version.

Streamlit sends a file of ``static/`` packed anew to each browser, a tenth of a second of processor time for this one, and lets it ask
each time whether it changed.
"""

from collections.abc import Awaitable, Callable
from functools import cache
from gzip import compress
from pathlib import Path

from qa.document import Message, Receive, Send

A_YEAR = b"public, immutable, max-age=31536000"


class KeptFile:
    """A layer of the server that answers for one JavaScript file of ``static/``; all else passes as it is, and so does a browser that cannot unpack it."""

    def __init__(self, app: Callable[[Message, Receive, Send], Awaitable[None]], file: Path) -> None:
        self.app, self.file = app, file

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if not self._is_asked_for(scope):
            await self.app(scope, receive, send)
            return
        body = _packed(self.file)
        headers = {
            b"content-type": b"application/javascript", b"content-encoding": b"gzip", b"content-length": str(len(body)).encode(),
            b"cache-control": A_YEAR, b"vary": b"Accept-Encoding", b"x-content-type-options": b"nosniff",
        }  # fmt: skip
        await send({"type": "http.response.start", "status": 200, "headers": list(headers.items())})
        await send({"type": "http.response.body", "body": body})

    def _is_asked_for(self, scope: Message) -> bool:
        if scope["type"] != "http" or scope["method"] != "GET" or not scope["path"].endswith(f"/app/static/{self.file.name}"):
            return False
        return any(_takes_gzip(value) for name, value in scope["headers"] if name == b"accept-encoding")


def _takes_gzip(accepted: bytes) -> bool:
    codings = [coding.replace(b" ", b"").lower().partition(b";q=") for coding in accepted.split(b",")]
    return any(name == b"gzip" and (not weight or weight.strip(b"0.") != b"") for name, _q, weight in codings)


@cache
def _packed(file: Path) -> bytes:
    return compress(file.read_bytes(), mtime=0)
