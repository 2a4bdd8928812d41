"""The page a browser gets first: ours in name, with Plotly on its way; whatever else the server sends stays as it is."""

from dataclasses import dataclass
from pathlib import Path

import anyio
import pytest
import streamlit
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, StreamingResponse
from starlette.routing import Route

from qa.first_page import STATIC, TITLE, FirstPage

PAGE = "<html><head><title>Streamlit</title></head><body>" + "x" * 5000 + "</body></html>"
BROWSER = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8", "accept-encoding": "gzip", "if-none-match": '"old"'}


async def page(_request):
    return HTMLResponse(PAGE, headers={"etag": '"old"', "last-modified": "Mon, 23 Nov 2026 10:00:00 GMT", "cache-control": "no-cache"})


async def in_pieces(_request):
    async def pieces():
        for start in range(0, len(PAGE), 700):
            await anyio.sleep(0)
            yield PAGE[start : start + 700]

    return StreamingResponse(pieces(), media_type="text/html")


async def data(_request):
    return JSONResponse({"page": "</head>"})


async def text(request):
    return PlainTextResponse(request.headers.get("if-none-match", ""))


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


def answer(path: str, headers: dict[str, str], method: str = "GET") -> Answer:
    """What a browser gets from an application with Streamlit's own compression within, as here."""
    routes = [Route("/", page), Route("/pieces", in_pieces), Route("/data", data), Route("/text", text)]
    app = Starlette(routes=routes, middleware=[Middleware(FirstPage), Middleware(GZipMiddleware)])
    sent, asked = [], iter([{"type": "http.request", "body": b"", "more_body": False}])

    async def receive():
        return next(asked, None) or await anyio.sleep_forever()

    async def send(message):
        sent.append(message)

    named = [(name.encode(), value.encode()) for name, value in headers.items()]
    scope = {"type": "http", "method": method, "path": path, "raw_path": path.encode(), "query_string": b"", "headers": named, "root_path": ""}
    anyio.run(app, scope, receive, send)
    start, *bodies = sent
    assert [message["type"] for message in bodies] == ["http.response.body"] * len(bodies)
    found = {name.decode(): value.decode() for name, value in start["headers"]}
    return Answer(start["status"], found, b"".join(message.get("body", b"") for message in bodies))


@pytest.mark.parametrize("path", ["/", "/pieces"])
def test_the_page_bears_our_name_and_begins_plotly(path):
    found = answer(path, BROWSER)
    (plotly,) = STATIC.glob("plotly-*.js")
    assert "<title>听鉴 Tingjian</title>" in found.text and "<title>Streamlit</title>" not in found.text
    assert f'data-src="./app/static/{plotly.name}"' in found.text.partition("</head>")[0]
    assert found.text.endswith("x</body></html>") and found.text.count("</head>") == 1
    assert int(found.headers["content-length"]) == len(found.body)
    assert not {"etag", "last-modified", "content-encoding"} & found.headers.keys()


def test_how_long_a_browser_keeps_it_is_up_to_streamlit():
    assert answer("/", BROWSER).headers["cache-control"] == "no-cache"


def test_other_answers_and_other_callers_get_what_they_asked_for():
    assert answer("/data", BROWSER).text == '{"page":"</head>"}'
    assert answer("/", {"accept": "*/*"}).text == PAGE
    assert answer("/text", {"accept": "text/plain", "if-none-match": '"mine"'}).text == '"mine"'
    assert answer("/", BROWSER, "POST").status == 405


def test_streamlits_own_page_has_what_is_replaced():
    """Another version of Streamlit that words it differently shows here, not as a tab called Streamlit."""
    own = (Path(streamlit.__file__).parent / "static" / "index.html").read_bytes()
    assert own.count(TITLE[0]) == 1 and own.count(b"</head>") == 1
