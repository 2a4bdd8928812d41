"""Files in the old encoding of Western Europe, which is neither UTF-8 nor Chinese."""

import pytest

from qa.importing.errors import Refused

HEAD = "Call ID,Start Time,Answered,Talk Time,Queue\n"


def log(*queues: str) -> str:
    return HEAD + "".join(f"{i},2026-10-05 09:00,Y,60,{queue}\n" for i, queue in enumerate(queues))


def queues(desk) -> list[str]:
    return sorted(queue for (queue,) in desk.rows("calls", "queue"))


@pytest.mark.parametrize(
    "names",
    [
        ("Général", "L’été", "Œuvres", "À propos"),
        ("Reclamação", "São Paulo", "Não atendida", "Opções"),
        ("Atención al señor", "¿Cuál?", "Año nuevo"),
        ("Größe", "Überblick", "Straße"),
        ("Kundtjänst", "Teknisk støtte"),
        ("Duração",),
        ("don’t know", "“quoted”", "5 €"),
    ],
)
def test_western_words_are_read_and_the_user_is_told_by_a_word(desk, names):
    summary = desk.load(desk.file(log(*names).encode("cp1252")), accept=True)
    assert queues(desk) == sorted(names)
    note = next(note for note in summary.files[0].notes if "Windows-1252" in note.en)
    word = next(word for name in names for word in name.replace(",", " ").split() if not word.isascii())
    assert word.strip("¿?“”") in note.en and word.strip("¿?“”") in note.zh


@pytest.mark.parametrize(
    ("encoding", "names"),
    [("cp1250", ("Załatwione", "Łódź", "żółw")), ("cp1251", ("Клиент", "и")), ("cp1254", ("müşteri", "değil", "Işık"))],
)
def test_words_of_other_one_byte_encodings_are_refused(desk, encoding, names):
    with pytest.raises(Refused) as refused:
        desk.load(desk.file(log(*names).encode(encoding)), accept=True)
    assert "UTF-8" in refused.value.text.en and "UTF-8" in refused.value.text.zh and desk.rows("calls") == []


def test_a_portuguese_word_whose_bytes_read_as_chinese_stays_portuguese(desk):
    content = log("Ligações").encode("cp1252")
    assert content.decode("gb18030")
    desk.load(desk.file(content), accept=True)
    assert queues(desk) == ["Ligações"]


@pytest.mark.parametrize("names", [("A班", "B班"), ("男", "女"), ("VIP客户", "售后：3"), ("张镕", "李喆")])
def test_short_chinese_beside_letters_stays_chinese(desk, names):
    desk.load(desk.file(log(*names).encode("gb18030")), accept=True)
    assert queues(desk) == sorted(names)


def test_a_byte_that_is_no_sign_of_the_encoding_far_down_is_refused(desk):
    rows = log(*["Général"] * 20_000).encode("cp1252") + b"x,2026-10-05 09:00,Y,60,caf\x81\n"
    with pytest.raises(Refused, match="encoding"):
        desk.load(desk.file(rows), accept=True)
