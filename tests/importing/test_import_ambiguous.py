"""Scores that may mean one thing as well as another, and codes that give a caller away."""

import pytest

from qa.importing import propose
from qa.importing.errors import NeedsUser

CALLS = "流水号,来电时间,工号,通话时长"
EVALUATIONS = "质检编号,工号,质检员,质检日期,得分"


@pytest.mark.parametrize("header", ["按键评价", "满意度按键"])
def test_keys_of_a_telephone_are_no_points(desk, header):
    """In most menus 1 is the best answer."""
    path = desk.file(f"{CALLS},{header}\nA1,2026-10-05 09:30,0012,60,1\nA2,2026-10-05 09:31,0012,60,5\n")
    summary = desk.load(path, accept=True)
    assert desk.rows("surveys") == [] and desk.rows("calls", "call_id", "call_id") == [("A1",), ("A2",)]
    assert any(header in note.en and "values" in note.en and "values" in note.zh for note in summary.files[0].notes)


def test_words_beside_the_keys_say_which_is_the_best(desk):
    desk.load(desk.file(f"{CALLS},按键评价\nA1,2026-10-05 09:30,0012,60,1-非常满意\nA2,2026-10-05 09:31,0012,60,3-不满意\n"), accept=True)
    assert desk.rows("surveys", "score::int, scale_max::int", "survey_id") == [(5, 5), (2, 5)]


@pytest.mark.parametrize("scores", ["95% 0.9 88%", "95% 90% 92% 93% 94% 96% 97% 98% 99% 85% 86% 1"])
def test_percent_beside_shares_are_asked_about(desk, scores):
    rows = "".join(f"Q{i},0012,李,2026-10-05,{score}\n" for i, score in enumerate(scores.split()))
    with pytest.raises(NeedsUser, match="percent or shares") as asked:
        desk.load(desk.file(f"{EVALUATIONS}\n" + rows), accept=True)
    assert "百分" in asked.value.text.zh and desk.rows("evaluations") == []


def test_percent_beside_points_are_points(desk):
    desk.load(desk.file(f"{EVALUATIONS}\n" + "".join(f"Q{i},0012,李,2026-10-05,{90 + i}%\n" for i in range(9))), accept=True)
    assert desk.rows("evaluations", "score::int, full_mark::int", "evaluation_id")[0] == (90, 100)


@pytest.mark.parametrize(("full_mark", "kept"), [("100", 1), ("5", 5)])
def test_parts_of_the_full_mark_are_of_one_whatever_a_column_says(desk, full_mark, kept):
    desk.load(desk.file(f"{EVALUATIONS},满分\nQ1,0012,李,2026-10-05,0.95,{full_mark}\nQ2,0012,李,2026-10-05,0.5,{full_mark}\n"), accept=True)
    assert desk.rows("evaluations", "full_mark::int") == [(kept,), (kept,)]


@pytest.mark.parametrize("recording", ["rec_20261005_{}_0012.wav", "20261005/0{}-a.mp3", "{}@a/1", "+86{}-1"])
def test_recordings_named_after_a_caller_are_kept_as_pseudonyms_alike_in_all_tables(desk, recording):
    names = [recording.format(13800138000 + i) for i in range(3)]
    rows = "".join(f"{name},2026-10-05 09:30,0012,60,满意\n" for name in names)
    summary = desk.load(desk.file("录音文件名,开始时间,坐席工号,通话时长,满意度\n" + rows), accept=True)
    kept = {code for (code,) in desk.rows("calls", "call_id")}
    assert len(kept) == 3 and not any("138001" in code for code in kept)
    assert {row for row in desk.rows("surveys", "survey_id, call_id")} == {(code, code) for code in kept}
    assert any("pseudonym" in note.en and "假名" in note.zh for note in summary.files[0].notes)
    evaluations = "".join(f"Z{i},0012,李,2026-10-06,95,{name}\n" for i, name in enumerate(names))
    desk.load(desk.file(f"{EVALUATIONS},录音文件名\n" + evaluations, "qa.csv"), accept=True)
    assert {code for (code,) in desk.rows("evaluations", "call_id")} == kept


@pytest.mark.parametrize("code", ["1699286625.123", "15000000001", "20261005093012-13", "rec_1380013800_1"])
def test_codes_without_a_telephone_number_stay(desk, code):
    proposal = propose(desk.file(f"{CALLS}\n{code},2026-10-05 09:30,0012,60\n"))
    assert not next(fill for fill in proposal.mapping.table if fill.fills == "calls").columns["call_id"].hashed


@pytest.mark.parametrize(
    ("customers", "hidden"),
    [
        (("4155550100", "9876543210"), True), (("0312345678", "09012345678"), True),
        (("4155550100", "C1"), False), (("1000000001", "4155550100"), False),
    ],
)  # fmt: skip
def test_numbers_that_all_may_be_telephones_are_kept_as_pseudonyms(desk, customers, hidden):
    rows = "".join(f"{i},2026-10-05 09:00,0012,60,{customer}\n" for i, customer in enumerate(customers))
    desk.load(desk.file(f"{CALLS},Customer\n" + rows), accept=True)
    assert ({customer for (customer,) in desk.rows("calls", "customer_id")} == set(customers)) != hidden


@pytest.mark.parametrize("other", ["Recommend Score", "NPS Score", "Effort Score", "推荐意愿评分"])
@pytest.mark.parametrize("own", ["Satisfaction Score", "Score"])
def test_whether_customers_recommend_is_no_satisfaction(desk, other, own):
    rows = f"Survey ID,Date and Time,Agent ID,{other},{own}\nS1,2026-10-05 09:00,7,9,4\nS2,2026-10-13 09:00,8,10,5\n"
    desk.load(desk.file(rows), accept=True)
    assert [score for (score,) in desk.rows("surveys", "score::int", "survey_id")] == [4, 5]
    assert other not in propose(desk.file(f"Survey ID,Date,{other}\nS1,2026-10-05,9\n", "alone.csv")).mapping.mentions()


@pytest.mark.parametrize(
    ("comment", "told"),
    [
        ("请回电 13812345678", True), ("rappelez +33612345678", True), ("call (512) 555-0111", True), ("call 512-555-0111 please", True),
        ("order 5125550111", False), ("on 2026-10-05", False), ("3.5-4.5 of 10", False),
    ],
)  # fmt: skip
def test_telephone_numbers_in_what_customers_wrote_are_told(desk, comment, told):
    summary = desk.load(desk.file(f"Survey ID,Date,Score,Comment\nS1,2026-10-05,5,{comment}\nS2,2026-10-06,4,\n"), accept=True)
    assert any("telephone numbers" in note.en and "电话号码" in note.zh for note in summary.files[0].notes) == told
