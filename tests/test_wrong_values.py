"""What is wrong in a file that people write is told in their language."""

import re
from pathlib import Path

import pytest

from qa.config import ConfigError, load_config
from qa.i18n import set_language
from qa.importing.errors import Refused
from qa.importing.mapping import parsed

WRONG = {
    "[statistics]\nleast_n = 0": ("不得小于 2", "must be at least 2"),
    "[statistics]\nleast_n = 'many'": ("须为整数", "must be a whole number"),
    "[statistics]\nconfidence = 2": ("须小于 1", "must be less than 1"),
    "[statistics]\nleast = 3": ("没有这一项", "there is no such field"),
    "[appraisal.grades]\nexcellent = 70": ("excellent 须高于 good", "excellent is above good"),
    "[[appraisal.parts]]\nweight = 1": ("缺少该项", "is missing"),
}


@pytest.mark.parametrize("written", WRONG)
def test_a_wrong_configuration_is_told_in_the_language_of_who_reads_it(tmp_path: Path, written: str):
    (tmp_path / "qa.toml").write_text(written, encoding="utf-8")
    for language, words in zip(("zh", "en"), WRONG[written], strict=True):
        set_language(language)
        with pytest.raises(ConfigError) as told:
            load_config(tmp_path)
        text = str(told.value).replace(str(tmp_path), "")
        assert words in text
        assert bool(re.search("[\u3400-\u9fff]", text)) == (language == "zh")


def test_a_wrong_mapping_is_told_in_both_languages():
    with pytest.raises(Refused) as told:
        parsed("[[table]]\nfills = 'call'\n", "m", "m.toml")
    assert "没有表 'call'" in told.value.text.zh and "no table 'call'" in told.value.text.en
    with pytest.raises(Refused) as told:
        parsed("fits = 3\n[[table]]\nfills = 'calls'\ncolumns = {call_id = {from = 'x', constant = 1}}\n", "m", "m.toml")
    assert "须为方括号中的列表" in told.value.text.zh and "只能写其中一个" in told.value.text.zh
    assert "list in square brackets" in told.value.text.en and "exactly one of" in told.value.text.en
