"""The script and style sheet of the board and the filter bar, made of the files in ``frontend``.

Streamlit takes a component's script as one string. The files are ordinary ES modules; here each becomes a function's
scope that hands out its exports, so that they can keep private names and still travel as one.

It also sends this string again with every message of a component, a hundred kilobytes each time. So an element of its own, which
never changes and which the browser therefore keeps, brings the script (``script``), and the boards wait for it (``waiting``).
"""

import re
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import orjson

from qa import theme

FRONTEND = Path(__file__).parent / "frontend"
# Each after those it imports from.
MODULES = ("dom", "words", "colours", "plotly", "printing", "toolbar", "sparkline", "tile", "figure_table", "layout", "legend", "fonts", "saving", "picture",
           "chart", "sorting", "menu", "table_file", "xlsx", "table_tools", "table", "sentences", "slides", "presentation", "history", "board",
           "choices", "filters")  # fmt: skip
# Those whose default export, called render, Streamlit calls: one for each kind of element.
ELEMENTS = ("board", "filters")
# The bundle with every chart type this board draws, a third of the whole; the version is that of the Python package. Its outermost function was put in
# parentheses, "(() => {": so V8 compiles it while it loads, beside the page, and not a second time when it runs (60 of 125 ms). Browsers
# keep it by its name for a year.
PLOTLY_FILE = "plotly-cartesian-4.1.1-eager.min.js"

_IMPORT = re.compile(r'^import (\{[^}]*\}) from "\./(\w+)\.js"$', re.MULTILINE)
_EXPORT = re.compile(r"^export (?:default )?((?:async )?function|const|let) (\w+)", re.MULTILINE)


def stylesheet() -> str:
    """The CSS: the tokens of both modes as variables, then the rules."""
    palettes = [_css_block(f'.qb[data-mode="{mode}"]', theme.palette(mode)) for mode in theme.MODES]
    return "\n".join([*palettes, *(path.read_text("utf-8") for path in sorted(FRONTEND.glob("*.css")))])


def script(base_path: str) -> str:
    """The module that hands what draws elements to those that wait for it; ``base_path``: the server's path prefix, "" or "/qa"."""
    text = modules(base_path)
    found = ", ".join(f"{name}: ${name}.render" for name in ELEMENTS)
    return f"{text}\n{_place(text)}\nplace.found({{ {found} }})\nexport default () => {{}}\n"


def waiting(base_path: str, element: str) -> str:
    """The module of each element of a kind: what it exports is there once the script has come."""
    return f"{_place(modules(base_path))}\nexport default (await place.promise).{element}\n"


@cache
def modules(base_path: str) -> str:
    """All files as one text, each the scope ``$<name>``."""
    settings = {
        "palettes": {mode: theme.palette(mode) for mode in theme.MODES},
        "template": theme.TEMPLATE,
        "plotlyUrl": f"{base_path}/app/static/{PLOTLY_FILE}",
    }
    parts = [f"const SETTINGS = {orjson.dumps(settings).decode()}", *(_scope(name) for name in MODULES)]
    return "\n".join(parts)


def _place(text: str) -> str:
    """Where script and boards of one page meet, whichever comes first; a page that outlives its server meets no script of another version."""
    name = f"qbBoard{sha256(text.encode()).hexdigest()[:12]}"
    made = "{ let found; const promise = new Promise(done => { found = done }); return { promise, found } }"
    return f"const place = (window.{name} ??= (() => {made})())"


def _css_block(selector: str, variables: dict[str, Any]) -> str:
    lines = [f"  --{name}: {value};" for name, value in variables.items()]
    return "\n".join([f"{selector} {{", *lines, "}"])


def _scope(name: str) -> str:
    source = (FRONTEND / f"{name}.js").read_text("utf-8")
    exported = ", ".join(match[2] for match in _EXPORT.finditer(source))
    body = _EXPORT.sub(r"\1 \2", _IMPORT.sub(r"const \1 = $\2", source))
    return f"const ${name} = (() => {{\n{body}\nreturn {{ {exported} }}\n}})()"
