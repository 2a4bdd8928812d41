"""Codes joined into one text come back as they were, whatever they hold."""

from hypothesis import given
from hypothesis import strategies as st

from qa.keys import SEPARATOR, joined, parted


@given(st.lists(st.text(alphabet=st.characters(exclude_characters=SEPARATOR)), min_size=1))
def test_any_codes_come_back(parts):
    assert parted(joined(parts)) == tuple(parts)


def test_bars_tabs_and_absent_parts():
    assert parted(joined(("WH", "一组 | 夜班", "A\t1", None))) == ("WH", "一组 | 夜班", "A\t1", "")
