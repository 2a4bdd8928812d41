"""What a mapping says in words of how dates are to be read, where the dates do not show it: whose clock they are, and in what order."""

from dataclasses import dataclass

from qa.text import Text

DAY_ORDER, MONTH_ORDER, YEAR_ORDER, AS_WRITTEN = "day first", "month first", "year first", "as written"
ORDERS = {
    DAY_ORDER: Text("日/月/年", "day/month/year"),
    MONTH_ORDER: Text("月/日/年", "month/day/year"),
    YEAR_ORDER: Text("年/月/日", "year/month/day"),
}
WORDS = ORDERS | {AS_WRITTEN: Text("各按所写的钟点", "each clock as it is written")}


@dataclass(frozen=True)
class Said:
    """The clock, a zone or "as written", and the order; each '' where nothing is said of it."""

    clock: str = ""
    order: str = ""

    @property
    def zone(self) -> str:
        return "" if self.clock == AS_WRITTEN else self.clock

    def __str__(self) -> str:
        return " ".join(filter(None, (self.clock, self.order)))


def said(words: str) -> Said:
    """The words taken apart: ``Asia/Shanghai day first`` is a zone and an order."""
    order = next((order for order in ORDERS if words == order or words.endswith(f" {order}")), "")
    return Said(words.removesuffix(order).strip(), order)


def with_answer(before: Said, answer: str) -> Said:
    """What is said once the answer is given too; what it says of the same thing holds."""
    new = said(answer)
    return Said(new.clock or before.clock, new.order or before.order)


def in_plain_words(words: str) -> list[Text]:
    """The words as a reader is told them, the clock before the order."""
    found = said(words)
    return [WORDS.get(part, Text(part, part)) for part in (found.clock, found.order) if part]
