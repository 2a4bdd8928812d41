"""Whatever valid rows there are, in whatever CSV: they come out as they went in."""

import csv
import datetime as dt
import io
import re
import tempfile
from decimal import Decimal
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qa.contract import TABLES, Type
from qa.contract.facts_calls import DIRECTIONS, ENDED_BY
from qa.importing.text_marks import APOSTROPHE
from qa.importing.words import NOTHING
from tests.importing.desk import Desk, plain

QUIET = settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow])
words = st.text(st.sampled_from("上海武汉坐席账单Ab07-_/.,;|²é😀'\""), min_size=1, max_size=6).filter(
    lambda text: text not in NOTHING and not re.match(APOSTROPHE, text)
)
prose = st.text(st.sampled_from("好,;|\t\"\n 服务ab'。😀"), min_size=1, max_size=12).filter(
    lambda text: bool(text.strip(" \t\n\u3000\u00a0"))
)
seconds = st.decimals(0, 9999, places=3)
moments = st.datetimes(dt.datetime(2023, 11, 1), dt.datetime(2024, 3, 31)).map(lambda at: at.replace(microsecond=0))


@st.composite
def call(draw, key: int):
    answered = draw(st.booleans())
    return {
        "call_id": f"C{key}",
        "center_id": draw(st.sampled_from(["SH", "WH"])),
        "agent_id": draw(st.none() | words),
        "queue": draw(words),
        "direction": draw(st.sampled_from(DIRECTIONS)),
        "started_at": draw(moments),
        "answered": answered,
        "wait_s": draw(st.none() | seconds),
        "talk_s": draw(st.none() | seconds) if answered else None,
        "hold_s": draw(st.none() | seconds),
        "wrap_s": None,
        "transferred": draw(st.none() | st.booleans()),
        "transfer_s": None,
        "ended_by": draw(st.none() | st.sampled_from(ENDED_BY)),
        "customer_id": draw(st.none() | st.integers(1, 999).map(lambda n: f"K{n}")),
        "reason": draw(st.none() | words),
        "resolved": draw(st.none() | st.booleans()),
        "sold": None,
    }


@st.composite
def survey(draw, key: int):
    sent = draw(moments)
    return {
        "survey_id": f"S{key}",
        "call_id": None,
        "agent_id": None,
        "center_id": "SH",
        "queue": draw(st.none() | words),
        "channel": None,
        "sent_at": sent,
        "answered_at": draw(st.none() | st.just(sent + dt.timedelta(minutes=3))),
        "score": draw(st.none() | st.decimals(0, 5, places=4)),
        "scale_max": Decimal(5),
        "satisfied": draw(st.none() | st.booleans()),
        "resolved_first_time": None,
        "reason": None,
        "comment": draw(st.none() | prose),
    }


dialects = st.fixed_dictionaries(
    {
        "delimiter": st.sampled_from([",", "\t", ";", "|"]),
        "quoting": st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]),
        "newline": st.sampled_from(["\n", "\r\n"]),
        "encoding": st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16"]),
    }
)


def tables(row):
    return st.integers(1, 9).flatmap(lambda n: st.tuples(*(row(key) for key in range(n)))).map(list)


def as_csv(table: str, rows: list[dict], dialect: dict) -> bytes:
    out = io.StringIO()
    writer = csv.writer(
        out, delimiter=dialect["delimiter"], quoting=dialect["quoting"], lineterminator=dialect["newline"]
    )
    writer.writerow(TABLES[table].by_name)
    writer.writerows([["" if row[name] is None else row[name] for name in TABLES[table].by_name] for row in rows])
    return out.getvalue().encode(dialect["encoding"])


def stored(desk: Desk, table: str) -> list[dict]:
    names = list(TABLES[table].by_name)
    return [dict(zip(names, row, strict=True)) for row in desk.rows(table, ", ".join(names), names[0])]


def expected(table: str, rows: list[dict]) -> list[dict]:
    """The rows in the order of their key, decimals to the contract's places."""
    places = {Type.NUMBER: 4, Type.SECONDS: 3}
    columns = TABLES[table].by_name
    exact = [
        {n: round(v, places[columns[n].type]) if isinstance(v, Decimal) else v for n, v in row.items()} for row in rows
    ]
    return sorted(exact, key=lambda row: next(iter(row.values())))


def check(table: str, rows: list[dict], dialect: dict) -> None:
    mapping = plain(table, *TABLES[table].by_name)
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "files").mkdir()
        whole, halves = (Desk(Path(folder) / "files", Path(folder) / name) for name in ("whole", "halves"))
        for desk in (whole, halves):
            desk.centers()
        summary = whole.load(whole.file(as_csv(table, rows, dialect)), mapping=mapping)
        assert summary.status == 0
        assert stored(whole, table) == expected(table, rows)
        before = whole.state()
        assert not whole.load(whole.file(as_csv(table, rows, dialect)), mapping=mapping).changed
        assert whole.state() == before
        for i, half in enumerate((rows[::2], rows[1::2])):
            if half:
                halves.load(halves.file(as_csv(table, half, dialect), f"half{i}.csv"), mapping=mapping)
        assert stored(halves, table) == stored(whole, table)


@QUIET
@given(tables(call), dialects)
def test_calls_come_out_as_they_went_in(rows, dialect):
    check("calls", rows, dialect)


@QUIET
@given(tables(survey), dialects)
def test_surveys_come_out_as_they_went_in(rows, dialect):
    check("surveys", rows, dialect)
