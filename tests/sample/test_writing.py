"""A sample replaces a sample, never anything else, and only when it is whole."""

from decimal import Decimal

import numpy as np
import pyarrow as pa
import pytest

from qa.contract import TABLES, Type
from qa.sample import NotASampleFolder, make_sample
from qa.sample.columns import Values, arrow_array, coded, extract, from_rows
from qa.sample.identifiers import digits, numbered, pseudonyms


def test_extracts_that_are_no_sample_are_left_alone(tmp_path):
    (tmp_path / "calls").mkdir()
    (tmp_path / "calls" / "mine.parquet").write_bytes(b"mine")
    with pytest.raises(NotASampleFolder) as caught:
        make_sample(tmp_path, "small", seed=1)
    assert str(tmp_path) in caught.value.reason.zh and str(tmp_path) in caught.value.reason.en
    assert [str(f.relative_to(tmp_path)) for f in tmp_path.rglob("*")] == ["calls", "calls/mine.parquet"]


def test_an_older_sample_is_replaced_and_other_files_beside_it_stay(tmp_path):
    (tmp_path / "truths.json").write_text("{}")
    stale = tmp_path / "calls" / "month=2020-01" / "data.parquet"
    stale.parent.mkdir(parents=True)
    stale.write_bytes(b"stale")
    (tmp_path / "notes.txt").write_text("mine")
    make_sample(tmp_path, "small", seed=1)
    assert not stale.exists()
    assert (tmp_path / "notes.txt").read_text() == "mine"
    assert sorted(f.name for f in tmp_path.iterdir()) == sorted([*TABLES, "notes.txt", "truths.json"])


def test_an_interrupted_run_changes_nothing(tmp_path):
    def interrupt(done: int, total: int) -> None:
        if done == 9:
            raise KeyboardInterrupt

    (tmp_path / "truths.json").write_text("{}")
    with pytest.raises(KeyboardInterrupt):
        make_sample(tmp_path, "small", seed=1, progress=interrupt)
    assert [f.name for f in tmp_path.iterdir()] == ["truths.json"]


def test_progress_counts_to_the_end(planted):
    assert planted.progress == [(n, 36) for n in range(1, 37)]


def test_numbers_and_seconds_are_exact_decimals():
    scores = arrow_array(Values(np.array([-12_500, 400_000, 7]), np.array([True, True, False])), Type.NUMBER)
    assert scores.to_pylist() == [Decimal("-1.2500"), Decimal("40.0000"), None]
    assert arrow_array(Values(np.array([1_500])), Type.SECONDS).to_pylist() == [Decimal("1.500")]


def test_text_is_coded_or_a_row_of_bytes():
    assert arrow_array(coded(["账单", None, "故障", "账单"]), Type.TEXT).to_pylist() == ["账单", None, "故障", "账单"]
    assert arrow_array(Values(numbered("A", np.array([7, 123_456]))), Type.TEXT).to_pylist() == ["A000007", "A123456"]
    assert arrow_array(Values(digits(np.array([42])), np.array([False])), Type.TEXT).to_pylist() == [None]


def test_what_is_not_given_is_null_and_what_the_contract_does_not_know_is_an_error():
    rows = from_rows(TABLES["targets"], [{"metric": "answer_rate", "valid_from": np.datetime64("2026-05-01"), "minimum": 0.99}])
    assert rows.column("minimum").to_pylist() == [Decimal("0.9900")]
    assert rows.column("center_id").to_pylist() == [None] and rows.column("valid_from").to_pylist()[0].isoformat() == "2026-05-01"
    with pytest.raises(KeyError, match="phone"):
        extract(TABLES["calls"], {"phone": np.zeros(1)})


def test_pseudonyms_are_twelve_hexadecimal_digits_and_never_collide():
    rows = pseudonyms(np.arange(200_000), salt=1)
    texts = pa.Array.from_buffers(pa.binary(12), len(rows), [None, pa.py_buffer(np.ascontiguousarray(rows))])
    assert len(texts.unique()) == len(rows)
    assert all(chr(byte) in "0123456789abcdef" for byte in np.unique(rows))
    assert (pseudonyms(np.arange(10), salt=2) != rows[:10]).any()
