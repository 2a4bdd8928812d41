"""A proof as a command line: the same rows, whatever was chosen and whoever looks."""

from datetime import date

from qa.command import arguments, command
from qa.filters import Filters
from qa.proof import Shown

OCTOBER = Filters(date(2026, 10, 1), date(2026, 11, 1))


def shown(by: tuple[str, ...] = (), **chosen) -> Shown:
    return Shown(("pass_rate",), by, Filters(OCTOBER.date_from, OCTOBER.date_to, **chosen))


def test_every_choice_becomes_an_option():
    proof = shown(("center", "month"), teams=("一组", "--all"), scorecards=("S1",), sections=("业务",), date_basis="call", month_start=21)
    assert arguments(proof, "pass_rate", None) == [
        "pass_rate", "--by=center,month", "--from=2026-10-01", "--to=2026-11-01", "--date-basis=call", "--month-start=21",
        "--team=一组", "--team=--all", "--scorecard=S1", "--section=业务",
    ]  # fmt: skip


def test_a_scope_is_a_choice_of_centers():
    assert arguments(shown(), "pass_rate", frozenset({"WH", "CD"}))[-2:] == ["--center=CD", "--center=WH"]
    assert arguments(shown(centers=("WH", "SH")), "pass_rate", frozenset({"WH"}))[-1:] == ["--center=WH"]


def test_nothing_chosen_is_no_command():
    assert command(shown(centers=("SH",)), "pass_rate", frozenset({"WH"})) is None


def test_a_shell_reads_the_names_as_they_are():
    assert command(shown(teams=("it's; rm -rf $HOME",)), "pass_rate", None).endswith("""'--team=it'"'"'s; rm -rf $HOME'""")
