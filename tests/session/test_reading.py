"""Tables to read: what is written in the data is text, never markup."""

from qa.session.reading import section


def test_cells_are_text_and_a_second_line_is_small_print():
    html = section("A <b>", "", {"Metric": ["Pass <i>rate</i>\npass_rate", "-"]})
    assert "<h3>A &lt;b&gt;</h3>" in html
    assert "<td>Pass &lt;i&gt;rate&lt;/i&gt;<small>pass_rate</small></td>" in html
    assert "<td>-</td>" in html
