"""What only a person can say of a file's dates, asked on screen and written into the mapping."""

import streamlit as st

from qa.contract import TABLES, Type
from qa.format import zone_name, zones
from qa.i18n import _, say
from qa.importing import Mapping
from qa.importing.errors import Question
from qa.importing.mapping import Fill, Take
from qa.session.importing.tables import plain


def ask(questions: list[Question], mapping: Mapping, version: str) -> Mapping:
    """Show the questions about columns that the mapping reads dates from; the mapping with what was chosen in this run."""
    asked = [question for question in questions if dates_from(mapping, question.sources)]
    if asked:
        st.subheader(_("How dates are to be read"), anchor=False)
    for place, question in enumerate(asked):
        offered = [*question.answers, *(zones() if question.zones else ())]
        said = _said(mapping, question)
        st.warning(plain(say(question.told)) + _(": choose below, and look at the preview."), icon=":material/help:")
        chosen = st.selectbox(
            _("{column} is to be read as").format(column=" + ".join(question.sources)), offered, index=offered.index(said) if said in offered else None,
            placeholder=_("Choose"), key=f"import.question.{version}.{place}", width=560,
            format_func=lambda answer, known=question.answers: say(known[answer]) if answer in known else zone_name(answer),
        )  # fmt: skip
        if chosen is not None:
            mapping = read_as(mapping, question.sources, chosen)
    return mapping


def open_ones(questions: list[Question], mapping: Mapping) -> list[Question]:
    """The questions that the mapping does not answer yet."""
    return [question for question in questions if dates_from(mapping, question.sources) and _said(mapping, question) is None]


def read_as(mapping: Mapping, sources: tuple[str, ...], answer: str) -> Mapping:
    """The mapping with that format wherever it reads dates from those columns of the file."""

    def answered(take: Take | None) -> Take | None:
        return take.model_copy(update={"format": answer}) if take and tuple(take.sources) == sources else take

    fills = [
        fill.model_copy(
            update={
                "columns": {name: answered(take) if _is_date(fill, name) else take for name, take in fill.columns.items()},
                "order_by": answered(fill.order_by),
            }
        )
        for fill in mapping.table
    ]
    return mapping.model_copy(update={"table": fills})


def dates_from(mapping: Mapping, sources: tuple[str, ...]) -> list[Take]:
    """Where the mapping reads dates from those columns of the file."""
    takes = [take for fill in mapping.table for name, take in fill.columns.items() if _is_date(fill, name)]
    takes += [fill.order_by for fill in mapping.table if fill.order_by]
    return [take for take in takes if tuple(take.sources) == sources]


def _is_date(fill: Fill, name: str) -> bool:
    return TABLES[fill.fills].by_name[name].type in (Type.DATE, Type.TIMESTAMP)


def _said(mapping: Mapping, question: Question) -> str | None:
    """The answer that the mapping holds wherever it reads those dates."""
    said = {take.format if isinstance(take.format, str) else None for take in dates_from(mapping, question.sources)}
    return said.pop() if len(said) == 1 else None
