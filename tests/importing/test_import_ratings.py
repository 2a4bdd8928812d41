"""Words of satisfaction: what they certainly say, and nothing where nobody answered."""

import pytest

from qa.importing.ratings import scale_of

HEADER = "评价编号,工号,评价时间,满意度\n"


def surveys(desk, *words: str, header: str = HEADER):
    rows = "".join(f'{i:02d},0012,2026-03-05 10:00:00,"{word}"\n' for i, word in enumerate(words))
    summary = desk.load(desk.file(header + rows, "surveys.csv"), accept=True)
    return summary, desk.rows("surveys", "score::int, scale_max::int, satisfied, answered_at is not null", "survey_id")


def test_good_and_bad_say_satisfied_or_not_and_offered_that_nobody_answered(desk):
    words = ["Good", "bad", "Good, with comment", "bad_with_comment", "Bad with comment", "offered", "Unoffered", ""]
    summary, rows = surveys(desk, *words, header="survey id,agent id,survey date,Satisfaction Score\n")
    answers = [True, False, True, False, False]
    assert rows == [*((None, None, said, True) for said in answers), *[(None, None, None, False)] * 3] and summary.status == 0
    assert any("good is satisfied" in note.en and "good 为满意" in note.zh for note in summary.files[0].notes)
    assert any("never as zero" in note.en and "不当作零" in note.zh for note in summary.files[0].notes)


def test_praise_and_blame_are_three_points_of_which_the_first_is_satisfied(desk):
    summary, rows = surveys(desk, "好评", "中评", "差评", "用户未评价")
    assert rows == [(3, 3, True, True), (2, 3, False, True), (1, 3, False, True), (None, 3, None, False)] and summary.status == 0


def test_keys_and_points_beside_the_words_do_not_hide_them(desk):
    summary, rows = surveys(desk, "1-非常满意", "2、满意", "3：一般", "不满意(2分)", "非常不满意（1）", "未评价", "0-未评价")
    assert [row[:2] for row in rows[:6]] == [(5, 5), (4, 5), (3, 5), (2, 5), (1, 5), (None, 5)]
    assert summary.status == 0 and rows[6][0] is None and not rows[6][3]


def test_points_beside_the_words_that_are_others_than_the_scales_are_the_scores(desk):
    words = ["非常满意(4分)", "满意(3分)", "不满意（2分）", "非常不满意(1分)", "未评价"]
    rows = "".join(f"{i},2026-10-05,{word}\n" for i, word in enumerate(words))
    summary = desk.load(desk.file("调查编号,发送时间,满意度\n" + rows), accept=True)
    assert desk.rows("surveys", "score::int, scale_max", "survey_id") == [(4, None), (3, None), (2, None), (1, None), (None, None)]
    assert any("points that stand beside" in note.en for note in summary.files[0].notes)


def test_a_word_nobody_foresaw_goes_to_quarantine_and_not_unanswered(desk):
    surveys(desk, "good", "bad", "so-so", header="survey id,agent id,survey date,Satisfaction Score\n")
    assert [row[1:4] for row in desk.quarantine("surveys")] == [["4", "satisfied", "so-so"]]


@pytest.mark.parametrize("words", [("5", "4", "非常满意"), ("good", "满意"), ("offered", "unoffered"), (), ("一", "二"), ("good", "1")])
def test_numbers_and_mixtures_are_no_words_of_one_scale(words):
    assert scale_of(words) is None


def test_stars_are_numbers(desk):
    desk.load(desk.file("调查编号,发送时间,星级\n1,2026-10-05,5星\n2,2026-10-05,4星\n"), accept=True)
    assert desk.rows("surveys", "score::int", "survey_id") == [(5,), (4,)]


def test_ratings_that_cannot_be_read_are_named_and_not_passed_over(desk):
    summary = desk.load(desk.file("调查编号,发送时间,满意度\n1,2026-10-05,甲\n2,2026-10-05,乙\n"), accept=True)
    assert summary.files[0].ignored == ["满意度"]
    assert any("满意度 says (such as 乙) is neither" in note.en and "没有读取" in note.zh for note in summary.files[0].notes)


def test_a_column_of_its_own_that_says_satisfied_is_the_one_that_counts(desk):
    rows = "1,07,2026-03-05 10:00:00,good,N\n2,07,2026-03-05 10:00:00,bad,N\n"
    desk.load(desk.file("survey id,agent id,survey date,Satisfaction Score,satisfied\n" + rows), accept=True)
    assert desk.rows("surveys", "satisfied, answered_at is not null", "survey_id") == [(False, True), (False, True)]
