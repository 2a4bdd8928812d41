"""A viewer without a browser: speaks Streamlit's protocol over its WebSocket, as the browser's script does.

The filter bar tells what is chosen as a browser's does, lists of a page are set by the label a browser would send, pages are gone to by
their name in the address, large messages are kept and not sent again, and the address follows what the server writes into it.
"""

import asyncio
import json
import time
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from streamlit.components.v2.bidi_component.main import _make_trigger_id
from streamlit.proto.Alert_pb2 import Alert
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

from qa.session.board.message import decode

PATIENCE_S = 120


@dataclass
class Run:
    """What one run of the script sent.

    ``seconds``: from asking for it to its end. ``boards``: the message of each board by its key. ``errors``: texts of errors shown.
    ``filters``: what the filter bar was told, under the name ``filter_bar`` of the element. ``options``, ``widgets``: the labels of each
    selectbox by its key, and its name.
    """

    seconds: float = 0.0
    boards: dict[str, bytes] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)
    filters: dict = field(default_factory=dict)
    filter_bar: str = ""
    options: dict[str, list[str]] = field(default_factory=dict)
    widgets: dict[str, str] = field(default_factory=dict)

    def all_items(self) -> list[dict]:
        """Everything on the page's boards: key, type, digest and body of each item."""
        return [item for message in self.boards.values() for item in decode(message)]

    def items(self, kind: str) -> list[dict]:
        """The bodies of all items of one kind, each with its key."""
        return [{"key": item["key"], **item["body"]} for item in self.all_items() if item["type"] == kind]


class Session:
    """One viewer's connection. ``query``: the parameters in the address now; ``run``: the last run."""

    def __init__(self, connection: ClientConnection, address: str, query: str):
        self.connection, self.address, self.query = connection, address, query
        self.page = ""
        self.pages: dict[str, str] = {}
        self.run = Run()
        self._picked: dict[str, str] = {}
        self._kept: dict[str, ForwardMsg] = {}

    @classmethod
    async def begin(cls, address: str, path: str = "", query: str = "") -> "Session":
        """Open a page by its link; ``query`` without the question mark."""
        socket = f"ws://{urlsplit(address).netloc}/_stcore/stream"
        connection = await connect(socket, subprotocols=["streamlit"], max_size=None, proxy=None, open_timeout=PATIENCE_S)
        session = cls(connection, address, query)
        await session._ask(page_name=path)
        return session

    async def choose(self, name: str, code: str) -> Run:
        """Choose one of a list of the filter bar, and it alone; ValueError where there is none such."""
        group = next(group for control in self.run.filters["controls"] for group in control["groups"] if group["name"] == name)
        if code not in dict(group["options"]):
            raise ValueError(f"no option {code!r} of {name}")
        chosen = {"values": {name: [code] if group["several"] else code}, "turn": 0}
        return await self._ask(chosen, page_script_hash=self.page)

    async def pick(self, widget: str, label: str) -> Run:
        """Choose an option of a page's selectbox, named by its key; ValueError where there is none such."""
        if label not in self.run.options.get(widget, ()):
            raise ValueError(f"no option {label!r} of {widget}")
        self._picked[self.run.widgets[widget]] = label
        return await self._ask(page_script_hash=self.page)

    async def go(self, path: str, query: str | None = None) -> Run:
        """Go to a page by a link of the menu, which goes there as back and forward do; ``query``: the view it carries."""
        self.query = self.query if query is None else query
        return await self._ask(page_script_hash=self.pages[path], is_history_navigation=True)

    async def end(self) -> None:
        """Close the page."""
        await self.connection.close()

    async def _ask(self, chosen: dict | None = None, **page: str | bool) -> Run:
        asked = BackMsg()
        state = asked.rerun_script
        state.query_string = self.query
        for name, value in page.items():
            setattr(state, name, value)
        state.context_info.locale, state.context_info.timezone, state.context_info.url = "zh-CN", "Asia/Shanghai", self.address
        state.cached_message_hashes.extend(self._kept)
        drawn = set(self.run.widgets.values())
        for widget, label in self._picked.items():
            if widget in drawn:
                state.widget_states.widgets.add(id=widget, string_value=label)
        if chosen:
            told = json.dumps([{"event": "chosen", "value": chosen}])
            state.widget_states.widgets.add(id=_make_trigger_id(self.run.filter_bar, "events"), json_trigger_value=told)
        since = time.perf_counter()
        await self.connection.send(asked.SerializeToString())
        async with asyncio.timeout(PATIENCE_S):
            self.run = await self._received()
        self.run.seconds = time.perf_counter() - since
        return self.run

    async def _received(self) -> Run:
        """Everything up to the end of the run; a run that is broken off for another counts from the other's beginning."""
        run = Run()
        while True:
            message = ForwardMsg()
            message.ParseFromString(await self.connection.recv())
            kind = message.WhichOneof("type")
            if kind == "new_session":
                run = Run()
            elif kind == "script_finished" and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                if message.script_finished == ForwardMsg.FINISHED_WITH_COMPILE_ERROR:
                    run.errors.append("compile error")
                return run
            elif kind == "navigation":
                self.page = message.navigation.page_script_hash
                pages = message.navigation.app_pages
                self.pages = {"" if page.is_default else page.url_pathname: page.page_script_hash for page in pages}
            elif kind == "page_info_changed":
                self.query = message.page_info_changed.query_string
            elif kind == "page_not_found":
                run.errors.append("page not found")
            elif kind in ("delta", "ref_hash"):
                self._element(run, self._kept[message.ref_hash] if kind == "ref_hash" else message)

    def _element(self, run: Run, message: ForwardMsg) -> None:
        if message.metadata.cacheable:
            self._kept[message.hash] = message
        if message.delta.WhichOneof("type") != "new_element":
            return
        element = message.delta.new_element
        kind = element.WhichOneof("type")
        if kind == "bidi_component" and element.bidi_component.bytes:
            run.boards[element.bidi_component.id] = element.bidi_component.bytes
        elif kind == "bidi_component" and element.bidi_component.component_name == "qa_filters":
            (run.filters,), run.filter_bar = json.loads(element.bidi_component.json), element.bidi_component.id
        elif kind == "selectbox":
            name = element.selectbox.id.rsplit("-", 1)[-1]
            run.widgets[name], run.options[name] = element.selectbox.id, list(element.selectbox.options)
            if element.selectbox.set_value:
                self._picked[element.selectbox.id] = element.selectbox.raw_value
        elif kind == "exception":
            run.errors.append(element.exception.message)
        elif kind == "alert" and element.alert.format == Alert.ERROR:
            run.errors.append(element.alert.body)
