"""How claims of before and after are counted: a study once, however many statements it makes."""

from benchmarks.false_alarms import STATEMENTS, Claims


def test_a_study_with_two_claims_is_one_study_with_a_claim():
    change, difference = STATEMENTS
    claims = Claims()
    for made in ({change: True, difference: True}, {change: False, difference: False}, {change: True}, {change: False, difference: False}):
        claims.add(made)
    assert claims.row("team") == "| team | 4 | 50.0% | 50.0% of 4 | 33.3% of 3 |"
