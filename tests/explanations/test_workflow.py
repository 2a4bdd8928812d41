"""By whose hands an explanation goes: no step but the allowed ones, by nobody but who may, and nothing lost."""

from contextlib import suppress
from datetime import date, datetime
from itertools import count

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from sqlalchemy import make_url

from qa.explanations.model import Attachment, Cause, Content, Measure
from qa.explanations.reading import changes_of, explanation
from qa.explanations.workflow import ACTIONS, TRANSITIONS, Overtaken, Refused, act, may, save
from qa.people import ROLES, Person
from qa.store import Store
from tests.explanations.listed import listed

WRITER = Person("李红", "branch_qa", frozenset({"WH"}))
COLLEAGUE = Person("孙丽", "branch_qa", frozenset({"WH"}))
HEAD = Person("何强", "branch_head", frozenset({"WH"}))
RECEIVER = Person("赵敏", "headquarters_qa", None)
DIRECTOR = Person("周正", "director", None)
ELSEWHERE = Person("吴静", "branch_qa", frozenset({"CD"}))
WHOLE = Content(
    "节后话务量增加，新人首次独立接听。", (Cause("reason:等待时间长", "等待时间长"), Cause("", "新人较多")),
    (Measure("旁听带教两周", "李红", date(2026, 11, 20)),), (Attachment("差错", "/errors?center=WH", (("抽检合格率", "94.5%"),)),),
)  # fmt: skip


@pytest.fixture
def store(store_address):
    kind = "sqlite" if store_address.startswith("sqlite") else "postgresql+psycopg"
    opened = Store(make_url(store_address).set(drivername=kind))
    yield opened
    opened.close()


def test_an_explanation_goes_from_hand_to_hand(store):
    number = listed(store, "WH")
    save(store, WRITER, number, 1, WHOLE, datetime(2026, 11, 2, 1))
    act(store, HEAD, number, 2, "review")
    act(store, HEAD, number, 3, "submit", now=datetime(2026, 11, 9, 1))
    act(store, RECEIVER, number, 4, "return", "请补充责任人", datetime(2026, 11, 10, 1))
    save(store, WRITER, number, 5, WHOLE)
    act(store, HEAD, number, 6, "review")
    act(store, WRITER, number, 7, "submit", now=datetime(2026, 11, 12, 1))
    done = act(store, DIRECTOR, number, 8, "accept")
    assert (done.state, done.version, done.content, done.changed_by) == ("accepted", 9, WHOLE, "周正")
    history = changes_of(store, number)
    assert [(change.who, change.action, change.state_after) for change in history] == [
        ("-", "list", "owed"), ("李红", "save", "draft"), ("何强", "review", "reviewed"), ("何强", "submit", "submitted"),
        ("赵敏", "return", "returned"), ("李红", "save", "draft"), ("何强", "review", "reviewed"), ("李红", "submit", "submitted"),
        ("周正", "accept", "accepted"),
    ]  # fmt: skip
    assert history[4].reason == "请补充责任人"
    assert [change.version for change in history if change.is_late] == [8], "due on the 10th"


def test_the_second_of_two_is_told_and_nothing_is_overwritten(store):
    number = listed(store, "WH")
    save(store, WRITER, number, 1, WHOLE)
    with pytest.raises(Overtaken, match="李红") as told:
        save(store, COLLEAGUE, number, 1, Content("另一份"))
    assert told.value.current.content == WHOLE
    assert explanation(store, number).content == WHOLE
    assert len(changes_of(store, number)) == 2


def test_two_saves_at_the_very_same_time_end_with_one(store):
    from concurrent.futures import ThreadPoolExecutor

    number = listed(store, "WH")

    def attempt(text: str) -> str:
        try:
            return save(store, WRITER, number, 1, Content(text)).content.text
        except Overtaken:
            return ""

    with ThreadPoolExecutor(6) as pool:
        kept = [text for text in pool.map(attempt, map(str, range(6))) if text]
    assert len(kept) == 1
    assert explanation(store, number).content.text == kept[0]


@pytest.mark.parametrize("person", [ELSEWHERE, HEAD, RECEIVER, Person("", "branch_qa", frozenset({"WH"})), Person("客", "guest", None)])
def test_only_the_writer_of_the_center_writes(store, person):
    number = listed(store, "WH")
    with pytest.raises(Refused):
        save(store, person, number, 1, WHOLE)
    assert explanation(store, number).version == 1


def test_who_may_not_see_a_center_finds_no_explanation_of_it(store):
    number = listed(store, "WH")
    assert explanation(store, number, ELSEWHERE.scope) is None
    assert explanation(store, number, WRITER.scope).id == number


def test_what_is_missing_is_said_before_it_goes_on(store):
    number = listed(store, "WH")
    save(store, WRITER, number, 1, Content("", (), (Measure("带教", "", None),)))
    with pytest.raises(Refused) as refusal:
        act(store, HEAD, number, 2, "review")
    assert str(refusal.value) == "尚不能继续：正文为空。未列原因。第 1 条措施须写明内容、责任人和日期。"
    with pytest.raises(Refused, match="退回"):
        act(store, HEAD, number, 2, "return", "  ")


def test_a_text_without_end_is_refused(store):
    number = listed(store, "WH")
    for content in (Content("长" * 20_001), Content("\0"), Content("", tuple(Cause("", str(n)) for n in range(31)))):
        with pytest.raises(Refused):
            save(store, WRITER, number, 1, content)
    save(store, WRITER, number, 1, Content("长" * 20_000))


class AnyHands(RuleBasedStateMachine):
    """Anybody tries anything in any order: only allowed steps happen, and the history tells them all."""

    store: Store
    centers = count()

    def __init__(self):
        super().__init__()
        self.center = f"C{next(self.centers)}"
        self.number = listed(self.store, self.center)
        self.happened = 1

    @rule(role=st.sampled_from(ROLES), is_here=st.booleans(), action=st.sampled_from(ACTIONS), is_whole=st.booleans(), is_latest=st.booleans())
    def attempt(self, role, is_here, action, is_whole, is_latest):
        before = explanation(self.store, self.number)
        scope = None if role in ("guest", "headquarters_qa", "director") else frozenset({self.center if is_here else "else"})
        person = Person("某人", role, scope)
        version = before.version if is_latest else before.version - 1
        after = before
        with suppress(Refused):
            if action == "save":
                after = save(self.store, person, self.number, version, WHOLE if is_whole else Content("半"))
            else:
                after = act(self.store, person, self.number, version, action, "因为" if is_whole else "")
        if after is before:
            assert explanation(self.store, self.number) == before
            return
        self.happened += 1
        assert is_latest and action in may(person, before)
        assert TRANSITIONS[action, before.state] == after.state
        assert after.version == before.version + 1
        assert action not in ("review", "submit") or before.content == WHOLE
        assert action == "save" or after.content == before.content

    @invariant()
    def the_history_leads_to_the_present(self):
        history, now = changes_of(self.store, self.number), explanation(self.store, self.number)
        assert len(history) == self.happened == now.version
        assert [change.state_before for change in history[1:]] == [change.state_after for change in history[:-1]]
        assert (history[-1].state_after, history[-1].content) == (now.state, now.content)


def test_no_order_of_steps_leads_astray(tmp_path):
    from hypothesis import settings
    from hypothesis.stateful import run_state_machine_as_test

    AnyHands.store = Store(make_url(f"sqlite:///{tmp_path / 'board.sqlite'}"))
    run_state_machine_as_test(AnyHands, settings=settings(max_examples=25, stateful_step_count=25))
    AnyHands.store.close()
