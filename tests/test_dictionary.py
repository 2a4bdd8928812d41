"""The definitions page's tables."""

from qa.config import Rule
from qa.dictionary import explanation_rules
from qa.i18n import set_language


def test_a_rule_of_explanations_says_when_by_whom_and_by_which_day():
    set_language("en")
    rules = (Rule(metric="satisfaction_rate", gap=2), Rule(metric="pass_rate", centers=("WH",), due_day=5), Rule(metric="pass_rate", centers=("SH",)))
    rows = explanation_rules(None, frozenset({"WH"}), rules, {"WH": "Wuhan"})
    shown = list(zip(*rows.values(), strict=True))
    assert [(line[0].partition("\n")[2], line[1], line[5]) for line in shown] == [
        ("satisfaction_rate", "Every branch", "day 10 of the month after"), ("pass_rate", "Wuhan", "day 5 of the month after"),
    ]  # fmt: skip
    assert "2.0 pp or more behind headquarters" in shown[0][2]
    assert shown[0][3:5] == ("Branch QA, Head of branch", "Headquarters QA, Customer-service director")
