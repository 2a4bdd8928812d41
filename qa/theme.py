"""Colours named by what they mean, for the light and the dark board.

This is the one source: the board's CSS and JavaScript get these values when the component is registered, figures name
a colour as ``ink("concern")``, and a test holds ``.streamlit/config.toml`` to them. Text on its ground has a contrast of
at least 4.5, a line at least 3; the series can be told apart in pairs with red-green blindness (a test measures it).
"""

from typing import Any, Literal, NamedTuple

Mode = Literal["light", "dark"]
MODES: tuple[Mode, ...] = ("light", "dark")


class Shade(NamedTuple):
    """One colour on the light board and on the dark one."""

    light: str
    dark: str


TOKENS: dict[str, Shade] = {
    # grounds, text, lines
    "ground": Shade("#F5F7F9", "#0F1418"),
    "surface": Shade("#FFFFFF", "#171C22"),
    "surface-raised": Shade("#EEF1F4", "#252D36"),
    "text": Shade("#1B2430", "#E8ECF1"),
    "text-muted": Shade("#566270", "#A3AEBA"),
    "rule": Shade("#D9DFE5", "#303A44"),
    "grid": Shade("#E6EAEE", "#262E37"),
    "accent": Shade("#1F4E8C", "#8DB9F2"),
    "accent-fill": Shade("#1F4E8C", "#2F6FB5"),
    "accent-soft": Shade("#E6EDF6", "#1D2B3C"),
    # verdicts: is the figure on target
    "met": Shade("#0B7366", "#56C9B5"),
    "met-soft": Shade("#E4F3F0", "#13302C"),
    "missed": Shade("#B3361A", "#FF9575"),
    "missed-soft": Shade("#FBEAE4", "#3D2019"),
    "uncertain": Shade("#85580A", "#E5B552"),
    "too-few": Shade("#5B6775", "#A3AEBA"),
    # change and variation
    "improvement": Shade("#0B7366", "#56C9B5"),
    "concern": Shade("#B3361A", "#FF9575"),
    "neutral": Shade("#5B6775", "#A3AEBA"),
    # charts
    "target": Shade("#2B3440", "#C9D1DA"),
    "target-band": Shade("rgba(43,52,64,0.07)", "rgba(201,209,218,0.10)"),
    "interval": Shade("rgba(31,78,140,0.14)", "rgba(111,163,255,0.20)"),
    "whisker": Shade("#566270", "#A3AEBA"),
    "series-1": Shade("#00316C", "#6FA3FF"),
    "series-2": Shade("#BE8900", "#E47509"),
    "series-3": Shade("#7360C5", "#954CA8"),
    "series-4": Shade("#299EBD", "#7BD0F0"),
    "series-5": Shade("#83823F", "#E8DC70"),
    "series-6": Shade("#CE7882", "#CE6E8D"),
    "series-7": Shade("#643B1C", "#D39A72"),
    "series-8": Shade("#454F5B", "#EAFBD8"),
}
SERIES = tuple(f"series-{number}" for number in range(1, 9))

# Fonts of the system first: they cost nothing to load; the shipped one makes Chinese certain.
FONT_FAMILIES = ("Source Sans", "PingFang SC", "Microsoft YaHei", "Noto Sans SC")
FONT_STACK = ", ".join(f'"{family}"' for family in FONT_FAMILIES) + ", sans-serif"

VERDICT_TOKENS = {
    "met": "met",
    "missed": "missed",
    "uncertain": "uncertain",
    "too_few": "too-few",
    "no_target": "neutral",
}


def ink(token: str) -> str:
    """The colour by its meaning, as figures carry it; the board or ``resolve`` turns it into the mode's value."""
    if token not in TOKENS:
        raise KeyError(f"no colour is named {token!r}")
    return f"var(--{token})"


def palette(mode: Mode) -> dict[str, str]:
    """Every token with its value in this mode."""
    return {name: getattr(shade, mode) for name, shade in TOKENS.items()}


def resolve(node: Any, mode: Mode) -> Any:
    """A figure's dictionary, or any part of it, with each ``var(--token)`` replaced by the mode's value."""
    if isinstance(node, dict):
        return {key: resolve(value, mode) for key, value in node.items()}
    if isinstance(node, list | tuple):
        return [resolve(value, mode) for value in node]
    if isinstance(node, str) and node.startswith("var(--") and node.endswith(")"):
        return getattr(TOKENS[node[6:-1]], mode)
    return node


def _axis(**more: Any) -> dict[str, Any]:
    return {
        "automargin": True,
        "gridcolor": ink("grid"),
        "linecolor": ink("rule"),
        "tickcolor": ink("rule"),
        "zerolinecolor": ink("rule"),
        "zeroline": False,
        "ticks": "",
        "tickfont": {"size": 12, "color": ink("text-muted")},
        "title": {"font": {"size": 12, "color": ink("text-muted")}, "standoff": 8},
    } | more


# Applied in the browser to every figure (and by whoever draws one elsewhere), so that no figure carries it.
TEMPLATE: dict[str, Any] = {
    "layout": {
        "font": {"family": FONT_STACK, "size": 13, "color": ink("text")},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "colorway": [ink(token) for token in SERIES],
        "margin": {"l": 8, "r": 12, "t": 8, "b": 8, "pad": 4},
        "xaxis": _axis(showgrid=False, fixedrange=True),
        "yaxis": _axis(showgrid=True, fixedrange=True, nticks=6),
        "legend": {
            "orientation": "h",
            "x": 0,
            "xanchor": "left",
            "y": 1.02,
            "yanchor": "bottom",
            "font": {"size": 12, "color": ink("text-muted")},
            "itemclick": "toggle",
            "itemdoubleclick": "toggleothers",
        },
        "hoverlabel": {
            "bgcolor": ink("surface"),
            "bordercolor": ink("rule"),
            "align": "left",
            "namelength": -1,
            "font": {"family": FONT_STACK, "size": 12, "color": ink("text")},
        },
        "hovermode": "closest",
        "dragmode": False,
    }
}
