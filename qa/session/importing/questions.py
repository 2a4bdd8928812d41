"""What only a person can say of a file's dates, asked on screen and written into the mapping."""

from functools import partial

import streamlit as st

from qa.contract import TABLES
from qa.format import zone_name, zones
from qa.i18n import _, say
from qa.importing import Mapping
from qa.importing.date_forms import in_words
from qa.importing.date_words import Said, said, with_answer
from qa.importing.errors import Question
from qa.importing.mapping import Fill, Take
from qa.importing.shape import is_date
from qa.session.importing.tables import plain


def ask(questions: list[Question], mapping: Mapping, version: str) -> Mapping:
    """Show the questions about columns that the mapping reads dates from; the mapping with what was chosen in this run."""
    asked = [question for question in questions if takes_in_question(mapping, question)]
    if asked:
        st.subheader(_("How dates are to be read"), anchor=False)
    for question in asked:
        column, answer = plain(" + ".join(question.sources)), said_of(mapping, question)
        if answer is None:
            st.warning(plain(say(question.told)) + _(": choose below, and look at the preview."), icon=":material/help:")
        offered = [*question.answers, *(zones() if question.zones else ())]
        chosen = st.selectbox(
            _("{column} is to be read as").format(column=column), offered, index=None if answer is None else offered.index(answer),
            placeholder=_("Choose"), key=f"import.question.{version}.{questions.index(question)}", width=560,
            format_func=partial(_answer_words, question),
        )  # fmt: skip
        if chosen is not None:
            mapping = read_as(mapping, question, chosen)
    return mapping


def _answer_words(question: Question, answer: str) -> str:
    return say(question.answers[answer]) if answer in question.answers else zone_name(answer)


def open_ones(questions: list[Question], mapping: Mapping) -> list[Question]:
    """The questions that the mapping does not answer yet."""
    return [question for question in questions if takes_in_question(mapping, question) and said_of(mapping, question) is None]


def read_as(mapping: Mapping, question: Question, answer: str) -> Mapping:
    """The mapping with the answer wherever it is in question."""

    def answered(take: Take | None) -> Take | None:
        if not take or not _in_question(take, question):
            return take
        return take.model_copy(update={"format": str(with_answer(_words_of(take), answer))})

    fills = [
        fill.model_copy(
            update={
                "columns": {name: answered(take) if _reads_date(fill, name) else take for name, take in fill.columns.items()},
                "order_by": answered(fill.order_by),
            }
        )
        for fill in mapping.table
    ]
    return mapping.model_copy(update={"table": fills})


def takes_in_question(mapping: Mapping, question: Question) -> list[Take]:
    """Where the mapping reads those dates and names no formats of its own."""
    takes = [take for fill in mapping.table for name, take in fill.columns.items() if _reads_date(fill, name)]
    takes += [fill.order_by for fill in mapping.table if fill.order_by]
    return [take for take in takes if _in_question(take, question)]


def said_of(mapping: Mapping, question: Question) -> str | None:
    """The answer that the mapping holds wherever it reads those dates; None where it holds none of those there are."""
    words = {_words_of(take) for take in takes_in_question(mapping, question)}
    if len(words) != 1:
        return None
    (one,) = words
    return next((part for part in (one.clock, one.order) if part in question.answers or question.zones and part in zones()), None)


def _words_of(take: Take) -> Said:
    """What the take says of its dates in words; they may answer several questions."""
    return said(take.formats[0]) if take.formats else Said()


def _in_question(take: Take, question: Question) -> bool:
    return tuple(take.sources) == question.sources and all(map(in_words, take.formats))


def _reads_date(fill: Fill, name: str) -> bool:
    return is_date(TABLES[fill.fills].by_name[name], fill.columns[name])
