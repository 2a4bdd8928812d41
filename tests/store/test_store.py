"""The store on both databases: its tables, its promises, and many who start at once."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import delete, func, make_url, select, text, update
from sqlalchemy.exc import IntegrityError

from qa.config import ConfigError, load_config
from qa.store import Store, StoreError, models, open_store, store_url
from qa.store.migrate import head, upgrade
from tests.serving import ROOT

# Four processes that begin at the same moment, since what they need is loaded before they part.
START = """
import os
import sys
import alembic.command
from sqlalchemy import make_url
from qa.store import Store
url = make_url(sys.argv[1])
url.get_dialect().import_dbapi()
others = []
while len(others) < 4 and (child := os.fork()):
    others.append(child)
if len(others) < 4:
    Store(url).close()
else:
    print([os.waitpid(child, 0)[1] for child in others])
"""


@pytest.fixture
def store(store_address):
    opened = Store(make_url(store_address).set(drivername=driver(store_address)))
    yield opened
    opened.close()


def driver(address: str) -> str:
    return "sqlite" if address.startswith("sqlite") else "postgresql+psycopg"


def a_figure(**fields) -> models.ReportedFigure:
    filled = {
        "center": "WH", "month": "2026-10", "metric": "pass_rate", "date_from": date(2026, 10, 1), "date_to": date(2026, 11, 1), "n": 3,
        "verdict": "too_few", "reasons": ["target"], "build_id": "b", "data_until": date(2026, 10, 31), "definition_version": "v", "definitions": {},
        "reported_at": datetime(2026, 11, 1, 8),
    }  # fmt: skip
    return models.ReportedFigure(**filled | fields)


def test_the_migrations_make_the_tables_that_are_declared(store):
    with store.reading() as session:
        context = MigrationContext.configure(session.connection(), opts={"compare_type": True})
        assert compare_metadata(context, models.Base.metadata) == []
        assert session.scalar(text("select version_num from alembic_version")) == head()


def test_the_migrations_can_be_taken_back(store):
    from alembic import command
    from alembic.config import Config

    with store.writing() as session:
        session.add(a_figure())
    with store._engine.connect().execution_options(writes=True) as connection:
        config = Config()
        config.set_main_option("script_location", str(ROOT / "qa/store/migrations"))
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
        upgrade(connection)
    with store.reading() as session:
        assert session.scalar(select(func.count()).select_from(models.ReportedFigure)) == 0


def test_many_who_start_at_once_find_one_store(store_address):
    address = str(make_url(store_address).set(drivername=driver(store_address)))
    done = subprocess.run([sys.executable, "-c", START, address], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("[0, 0, 0, 0]\n", "")


@pytest.mark.parametrize("change", [update(models.ReportedFigure).values(value=1.0), delete(models.ReportedFigure)])
def test_what_was_reported_cannot_be_changed_by_any_program(store, change):
    with store.writing() as session:
        session.add(a_figure(value=0.9))
    with pytest.raises((StoreError, IntegrityError), match="only ever added to"), store.writing() as session:
        session.execute(change)
    with store.reading() as session:
        assert session.scalar(select(models.ReportedFigure.value)) == 0.9


def test_a_block_that_fails_leaves_nothing(store):
    with pytest.raises(ZeroDivisionError), store.writing() as session:
        session.add(a_figure())
        session.flush()
        raise ZeroDivisionError
    with store.reading() as session:
        assert session.scalar(select(func.count()).select_from(models.ReportedFigure)) == 0


def test_writers_wait_for_each_other(store):
    def write(number: int) -> None:
        with store.writing() as session:
            session.scalar(select(func.count()).select_from(models.ReportedFigure))
            session.add(a_figure(metric=f"m{number}"))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(40)))
    with store.reading() as session:
        assert session.scalar(select(func.count()).select_from(models.ReportedFigure)) == 40


def test_figures_come_back_to_the_last_digit(store):
    value = 239 / 280
    with store.writing() as session:
        session.add(a_figure(value=value, low=None, reasons=["gap", "target"], definitions={"窗口": 7}))
    with store.reading() as session:
        kept = session.scalars(select(models.ReportedFigure)).one()
        assert (kept.value, kept.low, kept.reasons, kept.definitions) == (value, None, ["gap", "target"], {"窗口": 7})


def test_the_store_lies_beside_the_extracts_unless_told_otherwise(tmp_path, monkeypatch):
    assert store_url(tmp_path).database == str(tmp_path / "board.sqlite")
    (tmp_path / "qa.toml").write_text('[store]\nurl = "postgresql://board@db/quality"\n', encoding="utf-8")
    assert store_url(tmp_path).render_as_string() == "postgresql+psycopg://board@db/quality"
    monkeypatch.setenv("QA_STORE", "sqlite:////elsewhere/notes.sqlite")
    assert store_url(tmp_path).database == "/elsewhere/notes.sqlite"


@pytest.mark.parametrize("address", ["mysql://root:secret@db/quality", "secret"])
def test_an_address_of_no_store_is_refused_without_its_password(tmp_path, monkeypatch, address):
    monkeypatch.setenv("QA_STORE", address)
    with pytest.raises(ConfigError) as refusal:
        store_url(tmp_path)
    assert "secret" not in str(refusal.value)


def test_a_store_out_of_reach_is_said_without_its_password(tmp_path, monkeypatch):
    monkeypatch.setenv("QA_STORE", "postgresql://board:secret@127.0.0.1:1/quality")
    with pytest.raises(StoreError, match="board:\\*\\*\\*") as refusal:
        open_store(tmp_path)
    assert "secret" not in str(refusal.value)


def test_where_the_store_is_bears_on_no_build(tmp_path):
    plain = load_config(tmp_path).model_dump_json()
    (tmp_path / "qa.toml").write_text('[store]\nurl = "sqlite:///x"\n[[explanations.rules]]\nmetric = "answer_rate"\n', encoding="utf-8")
    assert load_config(tmp_path).model_dump_json() == plain
