"""Colours can be read, told apart by everyone, and are the same in Streamlit's configuration."""

import tomllib
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from plotly.offline import get_plotlyjs_version

from qa import theme
from qa.session.board.assets import PLOTLY_FILE

ROOT = Path(__file__).resolve().parents[2]
CONFIG = tomllib.loads((ROOT / ".streamlit/config.toml").read_text("utf-8"))
TEXTS = ["text", "text-muted", "accent", "met", "missed", "uncertain", "too-few", "improvement", "concern", "neutral"]
ON_SOFT = [
    ("met", "met-soft"),
    ("missed", "missed-soft"),
    ("too-few", "surface-raised"),
    ("text", "accent-soft"),
    ("text-muted", "surface-raised"),
]

# Machado, Oliveira, Fernandes 2009 (doi:10.1109/TVCG.2009.113), severity 1, on linear sRGB.
SIGHTS = {
    "normal": np.eye(3),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
}


def linear(colour: str) -> np.ndarray:
    """Red, green and blue of a hexadecimal colour in linear light."""
    channels = np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)]) / 255
    return np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2."""
    darker, lighter = sorted(float(linear(colour) @ [0.2126, 0.7152, 0.0722]) for colour in (one, other))
    return (lighter + 0.05) / (darker + 0.05)


def lab(light: np.ndarray) -> np.ndarray:
    """CIE L*a*b* under D65."""
    to_xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
    xyz = to_xyz @ light / [0.9505, 1, 1.089]
    x, y, z = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def test_contrast_of_black_on_white_is_21():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)


@pytest.mark.parametrize("mode", theme.MODES)
def test_texts_can_be_read(mode: theme.Mode):
    palette = theme.palette(mode)
    pairs = [(text, ground) for text in TEXTS for ground in ("surface", "ground")] + ON_SOFT
    assert [pair for pair in pairs if contrast(palette[pair[0]], palette[pair[1]]) < 4.5] == []
    assert contrast("#FFFFFF", palette["accent-fill"]) >= 4.5


@pytest.mark.parametrize("mode", theme.MODES)
def test_lines_stand_out_from_the_ground(mode: theme.Mode):
    palette = theme.palette(mode)
    assert [
        name for name in (*theme.SERIES, "target", "whisker") if contrast(palette[name], palette["surface"]) < 3
    ] == []


@pytest.mark.parametrize("mode", theme.MODES)
@pytest.mark.parametrize("sight", SIGHTS)
def test_any_two_series_can_be_told_apart(mode: theme.Mode, sight: str):
    seen = [lab(np.clip(SIGHTS[sight] @ linear(theme.palette(mode)[name]), 0, 1)) for name in theme.SERIES]
    assert min(np.linalg.norm(one - other) for one, other in combinations(seen, 2)) > 20


@pytest.mark.parametrize("mode", theme.MODES)
def test_streamlit_has_the_same_colours(mode: theme.Mode):
    palette, section = theme.palette(mode), CONFIG["theme"][mode]
    same = {
        "primaryColor": "accent-fill",
        "backgroundColor": "ground",
        "secondaryBackgroundColor": "surface",
        "textColor": "text",
        "linkColor": "accent",
        "borderColor": "rule",
        "greenColor": "met",
        "redColor": "missed",
        "orangeColor": "uncertain",
    }
    assert {key: section[key] for key in same} == {key: palette[token] for key, token in same.items()}
    assert section["chartCategoricalColors"] == [palette[token] for token in theme.SERIES]


def test_fonts_are_the_same_and_lie_in_static():
    named = [family.strip().strip("'") for family in CONFIG["theme"]["font"].split(",")]
    assert named == [*theme.FONT_FAMILIES, "sans-serif"]
    for face in CONFIG["theme"]["fontFaces"]:
        assert (ROOT / face["url"].removeprefix("app/")).is_file()


def test_streamlit_knows_every_option():
    from streamlit import config

    known = set(config.get_config_options())
    sections = {name: values for name, values in CONFIG.items() if name != "theme"}
    options = {f"{name}.{key}" for name, values in sections.items() for key in values}
    for prefix, values in {
        "theme": CONFIG["theme"],
        **{f"theme.{mode}": CONFIG["theme"][mode] for mode in theme.MODES},
    }.items():
        options |= {f"{prefix}.{key}" for key, value in values.items() if not isinstance(value, dict)}
    assert options - known == set()


def test_the_shipped_plotly_is_the_one_of_the_python_package():
    assert f"plotly-cartesian-{get_plotlyjs_version()}-eager.min.js" == PLOTLY_FILE
    text = (ROOT / "static" / PLOTLY_FILE).read_text("utf-8")
    assert f"v{get_plotlyjs_version()}" in text[:200]
    # So that it is compiled while it loads: qa/session/board/assets.py.
    assert ", (() => {" in text[:1000] and text.endswith("\n})));")


def test_a_figure_is_resolved_for_a_mode():
    figure = {"data": [{"line": {"color": theme.ink("concern")}, "y": [1, None]}], "layout": {"title": "var(--x"}}
    assert theme.resolve(figure, "dark") == {
        "data": [{"line": {"color": "#FF9575"}, "y": [1, None]}],
        "layout": {"title": "var(--x"},
    }


def test_an_unknown_colour_is_an_error():
    with pytest.raises(KeyError):
        theme.ink("crimson")
