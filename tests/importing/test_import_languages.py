"""Files in old encodings of other languages, whose bytes read as Chinese too."""

import pytest

from qa.importing.errors import Refused

HEAD = "Call ID,Start Time,Answered,Talk Time,Queue\n"


def log(*queues: str) -> str:
    return HEAD + "".join(f"{i},2026-10-05 09:00,Y,60,{queue}\n" for i, queue in enumerate(queues))


@pytest.mark.parametrize(
    ("encoding", "language", "queues"),
    [
        ("cp949", "Korean", ("상담1팀 고객센터", "기술지원 문의")),
        ("euc_jp", "Japanese", ("技術サポート", "お客様相談室")),
        ("shift_jis", "Japanese|not recognised", ("技術サポート", "お客様相談室")),
        ("big5", "traditional", ("技術支援組", "客戶服務專線")),
    ],
)
def test_what_reads_as_rare_chinese_signs_is_refused_and_named(desk, encoding, language, queues):
    with pytest.raises(Refused, match=language) as refused:
        desk.load(desk.file(log(*queues).encode(encoding)), accept=True)
    assert "UTF-8" in refused.value.text.en and "UTF-8" in refused.value.text.zh and desk.rows("calls") == []


@pytest.mark.parametrize("queues", ["售后服务 投诉受理", "客服 哈尔滨道", "张三丰 慕容垂 司马懿 欧阳锋", "東莞 佛山 珠海 惠州 湛江"])
def test_chinese_of_few_and_of_rare_signs_stays_chinese(desk, queues):
    desk.load(desk.file(log(*queues.split()).encode("gb18030")), accept=True)
    assert sorted(queue for (queue,) in desk.rows("calls", "queue")) == sorted(queues.split())


def test_utf_32_is_read_by_its_mark(desk):
    desk.load(desk.file(log("售后", "Général").encode("utf-32")), accept=True)
    assert sorted(queue for (queue,) in desk.rows("calls", "queue")) == ["Général", "售后"]
