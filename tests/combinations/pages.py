"""Every page as its script runs it: the boards it draws, and where each click on them leads."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from random import Random
from typing import Any
from unittest.mock import patch

from qa.agents.figures import RANKED_BY, Level
from qa.calls.service import TIME_OF_DAY
from qa.centers.comparison import place_filters
from qa.centers.sides import Course as WhyCourse
from qa.centers.sides import sides
from qa.customers.comments import Search
from qa.customers.satisfaction import SPLITS as SURVEY_SPLITS
from qa.drill import level_below, narrowed
from qa.filters import Filters
from qa.keys import parted
from qa.proof import Shown
from qa.quality.error_cells import ROWS
from qa.quality.errors import MEASURES, of_card
from qa.quality.errors import SPLITS as ERROR_SPLITS
from qa.quality.errors import Course as ErrorCourse
from qa.quality.items import of_item
from qa.session.agents import groups, one, records
from qa.session.agents.charts import EFFICIENCY
from qa.session.agents.links import lead_of
from qa.session.board.items import Event, Item
from qa.session.calls import outbound, service
from qa.session.centers import choices as why_choices
from qa.session.centers import comparison, why
from qa.session.customers import comments, complaints, repeats, resolution, satisfaction
from qa.session.overview import items as overview
from qa.session.quality import appeals, choices, errors, scores
from qa.session.quality import item as quality_item
from qa.session.trend import choices as trend_choices
from qa.session.trend import items as trend
from qa.trend.courses import Course
from qa.view import View
from tests.combinations.views import Seen


@dataclass(frozen=True)
class ItemPage:
    """A click that leads to the page of a scorecard item, in the view it takes along."""

    item: tuple[str, str]
    view: View


@dataclass(frozen=True)
class WhyPage:
    """A click that leads to the why page, in the view it takes along."""

    metric: str
    view: View


Lead = Shown | View | ItemPage | WhyPage | None


@dataclass(frozen=True)
class Board:
    """One board of a page, the choices it was drawn for, and where an event on it leads.

    ``own``: what the page makes of the filters of a view, whichever it shows. ``course``: what else it was asked.
    """

    page: str
    chosen: str
    items: list[Item]
    lead: Callable[[Event], Lead]
    own: Callable[[Filters], Filters] = lambda filters: filters
    course: Any = None


def overview_page(seen: Seen, rng: Random) -> list[Board]:
    group = rng.choice(overview.groups_shown(seen.build, seen.scope, seen.asked) or ("",))
    items = (
        overview.summary_items(seen.build, seen.scope, seen.asked),
        overview.month_items(seen.build, seen.scope, seen.asked, group),
        overview.agent_items(seen.build, seen.scope, seen.asked),
    )
    lead = _first_narrows(seen, lambda event: overview.narrowing(event, seen.asked), lambda event: overview.clicked(event, seen.asked))
    return [Board("overview", group, part, lead) for part in items]


def trend_page(seen: Seen, rng: Random) -> list[Board]:
    metric = rng.choice(trend_choices._metrics(seen.build, seen.scope, seen.filters))
    grain = rng.choice(trend_choices._grains(seen.build, seen.scope, seen.filters, metric))
    split = rng.choice(trend_choices._splits(seen.build, seen.scope, seen.filters, metric))
    course = Course(metric, grain, split, rng.choice(("none", "found")))  # type: ignore[arg-type]
    items = trend.trend_items(seen.build, seen.scope, seen.filters, course)
    return [Board("trend", f"{metric} {grain} {split}", items, lambda event: trend.clicked(event, seen.build, seen.filters, course))]


def agents_page(seen: Seen, rng: Random) -> list[Board]:
    return _groups(seen, rng, "agent")


def teams_page(seen: Seen, rng: Random) -> list[Board]:
    return _groups(seen, rng, "team")


def _groups(seen: Seen, rng: Random, level: Level) -> list[Board]:
    metric, against = rng.choice(RANKED_BY), rng.choice(EFFICIENCY)
    parts = (groups.group_items(seen.build, seen.scope, seen.asked, level), groups.ranking_items(seen.build, seen.scope, seen.asked, level, metric, against))
    lead = _acts(seen, lambda event: groups.act(event, seen.asked, level, metric, against))
    return [Board(level + "s", f"{metric} {against}", part, lead) for part in parts]


def agent_page(seen: Seen, rng: Random) -> list[Board]:
    offered = seen.filters.agents or seen.choices.agents_of(seen.filters.centers or (), seen.filters.teams or ())
    if not offered:
        return [Board("agent", "", one.nobody(seen.build, seen.scope, seen.asked), lambda _event: None)]
    agent = rng.choice(offered)
    lead = _acts(seen, lambda event: one.act(event, seen.asked, seen.scope, seen.build, agent))
    parts = (one.agent_items(seen.build, seen.scope, seen.asked, agent), records.record_items(seen.build, seen.scope, seen.asked, agent))
    return [Board("agent", agent, part, lead, lambda filters: replace(filters, agents=(agent,))) for part in parts]


def errors_page(seen: Seen, rng: Random) -> list[Board]:
    course = ErrorCourse(_card(seen, rng), rng.choice(list(ERROR_SPLITS)), rng.choice(MEASURES))
    rows = rng.choice(list(ROWS))
    items = errors.errors_items(seen.build, seen.scope, seen.asked, course, rows)
    lead = _acts(seen, lambda event: errors.act(event, seen.asked, course, rows))
    return [Board("errors", f"{course} {rows}", items, lead, lambda filters: of_card(filters, course.card))]


def scores_page(seen: Seen, rng: Random) -> list[Board]:
    card, part = _card(seen, rng), rng.choice(("spread", "sections", "appeals"))
    make = {"spread": scores.scores_items, "sections": scores.section_items, "appeals": appeals.appeal_items}[part]
    acts = appeals.act if part == "appeals" else scores.act
    return [Board("scores", f"{part} {card}", make(seen.build, seen.scope, seen.asked, card), _acts(seen, lambda event: acts(event, seen.asked, card)))]


def item_page(seen: Seen, rng: Random) -> list[Board]:
    words = choices.item_words(seen.build, seen.scope, seen.asked)
    if not words:
        return [Board("item", "", quality_item.no_items(seen.build, seen.scope, seen.asked), lambda _event: None)]
    codes = list(words)
    card, item = parted(rng.choice(codes[:8] if rng.random() < 0.7 else codes))
    items = quality_item.item_items(seen.build, seen.scope, seen.asked, (card, item))
    lead = _acts(seen, lambda event: quality_item.act(event, seen.asked, (card, item)))
    return [Board("item", f"{card} {item}", items, lead, lambda filters: of_item(filters, (card, item)))]


def satisfaction_page(seen: Seen, rng: Random) -> list[Board]:
    by = rng.choice(list(SURVEY_SPLITS))
    search = Search(rng.choice(("", "", "慢", "%", "'")), rng.choice(list(comments.ratings(seen.build, seen.scope, seen.filters))))
    parts = (
        satisfaction.satisfaction_items(seen.build, seen.scope, seen.asked),
        satisfaction.split_items(seen.build, seen.scope, seen.filters, by),
        comments.comment_items(seen.build, seen.scope, seen.filters, search, rng.choice((1, 1, 2))),
    )
    lead = _first_narrows(seen, lambda event: satisfaction.place_clicked(event, by), lambda event: satisfaction.clicked(event, seen.asked, by))
    return [Board("satisfaction", by, part, lead) for part in parts]


def resolution_page(seen: Seen, rng: Random) -> list[Board]:
    part = rng.choice((repeats.repeat_items, repeats.case_items))
    parts = (resolution.resolution_items(seen.build, seen.scope, seen.asked), part(seen.build, seen.scope, seen.filters))

    def narrowing(event: Event) -> dict[str, Any]:
        queue = repeats.queue_clicked(event)
        return {"queue": queue} if queue else {}

    lead = _first_narrows(seen, narrowing, lambda event: resolution.clicked(event, seen.asked))
    return [Board("resolution", part.__name__, items, lead) for items in parts]


def complaints_page(seen: Seen, rng: Random) -> list[Board]:
    by = rng.choice(("center", "team"))
    parts = (complaints.complaint_items(seen.build, seen.scope, seen.asked), complaints.place_items(seen.build, seen.scope, seen.filters, by))
    lead = _first_narrows(seen, complaints.place_clicked, lambda event: complaints.clicked(event, seen.asked, by))
    return [Board("complaints", by, part, lead, lambda filters: replace(filters, queues=None)) for part in parts]


def service_page(seen: Seen, rng: Random) -> list[Board]:
    metric, level = rng.choice(TIME_OF_DAY), level_below(seen.filters, len(seen.choices.centers))
    parts = (
        service.service_items(seen.build, seen.scope, seen.asked),
        service.week_items(seen.build, seen.scope, seen.filters, metric),
        service.place_items(seen.build, seen.scope, seen.filters, level),
    )
    lead = _first_narrows(
        seen, lambda event: service.narrowing(event, level), lambda event: service.clicked(event, seen.filters, metric, level)
    )
    return [Board("service", f"{metric} {level}", part, lead) for part in parts]


def outbound_page(seen: Seen, _rng: Random) -> list[Board]:
    level = level_below(seen.filters, len(seen.choices.centers))
    lead = _first_narrows(seen, lambda event: outbound.narrowing(event, level), lambda event: outbound.clicked(event, seen.filters, level))
    return [Board("outbound", level, outbound.outbound_items(seen.build, seen.scope, seen.asked, level), lead)]


def comparison_page(seen: Seen, rng: Random) -> list[Board]:
    metrics = list(comparison.metric_words(seen.build, seen.scope, seen.asked))
    by, filters = place_filters(seen.build, seen.scope, seen.filters)
    key = rng.choice(metrics) if metrics else ""
    lead = _acts(seen, lambda event: comparison.act(event, seen.asked, key, by, filters))
    above = Board("comparison", by, comparison.comparison_items(seen.build, seen.scope, seen.asked), lead)
    if not metrics:
        return [above]
    split = rng.choice([*comparison.mix_words(seen.build, seen.scope, seen.asked, key), ""])
    below = comparison.metric_items(seen.build, seen.scope, seen.asked, key, split)
    return [above, Board("comparison", f"{by} {key} {split}", below, lead, course=(key, split))]


def why_page(seen: Seen, rng: Random) -> list[Board]:
    metrics = list(why_choices.metric_words(seen.build, seen.scope, seen.asked))
    if not metrics:
        return [Board("why", "", why.nothing_items(seen.build, seen.scope, seen.asked), lambda _event: None)]
    metric = rng.choice(metrics)
    one = rng.choice(list(why_choices.center_words(seen.build, seen.scope, seen.asked, metric)) or [why_choices.EVERYTHING])
    center = "" if one == why_choices.EVERYTHING else one
    against = list(why_choices.against_words(seen.build, seen.scope, seen.asked, center))
    if not against:
        return [Board("why", metric, why.nothing_items(seen.build, seen.scope, seen.asked), lambda _event: None)]
    course = WhyCourse(metric, center, (rng.choice(against),))
    splits = list(why_choices.split_words(seen.build, seen.scope, seen.asked, course))
    course = replace(course, split=rng.choice(splits) if splits else "")
    pair = sides(seen.build, seen.scope, seen.asked, course)
    lead = _acts(seen, lambda event: why.act(event, seen.asked, course, pair, seen.scope))
    return [Board("why", str(course), why.why_items(seen.build, seen.scope, seen.asked, course), lead, course=course)]


PAGES: tuple[Callable[[Seen, Random], list[Board]], ...] = (
    overview_page, trend_page, errors_page, scores_page, item_page, satisfaction_page, resolution_page, complaints_page, service_page, outbound_page,
    comparison_page, why_page,
    agents_page, teams_page, agent_page,
)  # fmt: skip


def _card(seen: Seen, rng: Random) -> str:
    card = rng.choice(list(choices._card_words(seen.build, seen.scope, seen.filters)))
    return "" if card == choices.ALL_CARDS else card


def _first_narrows(seen: Seen, narrowing: Callable[[Event], dict], clicked: Callable[[Event], Shown | None]) -> Callable[[Event], Lead]:
    """As the pages have it: a click that narrows the view does so, any other opens its proof."""

    def lead(event: Event) -> Lead:
        wanted = narrowed(seen.view, seen.choices, **narrowing(event))
        return wanted if wanted != seen.view else clicked(event)

    return lead


def _acts(seen: Seen, act: Callable[[Event], None]) -> Callable[[Event], Lead]:
    """Where a page's own ``act`` leads; its ways out are recorded instead of drawn."""

    class Left(Exception):
        pass

    def lead(event: Event) -> Lead:
        found: list[Lead] = []

        def drill(page: str | None = None, own: Any = None, **places: Any) -> bool:
            wanted = narrowed(seen.view, seen.choices, **places)
            if wanted == seen.view:
                return False
            found.append(wanted)
            raise Left

        def open_item(item: tuple[str, str], center: str | None = None, team: str | None = None, agent: str | None = None) -> None:
            found.append(ItemPage(item, narrowed(seen.view, seen.choices, center, team, agent=agent)))
            raise Left

        def open_record(_key: str) -> None:
            raise Left

        def open_why_of(course: WhyCourse, team: str | None = None) -> None:
            view = narrowed(seen.view, seen.choices, course.center or None, team)
            if why.is_narrowed_to(view, course.center, team):
                found.append(WhyPage(course.metric, view))
                raise Left

        def open_why(course: WhyCourse) -> None:
            found.append(WhyPage(course.metric, seen.view))

        def open_row(level: Level, center: str, name: str, filters: Filters) -> None:
            found.append(lead_of(seen.view, seen.choices, level, center, name, filters))
            raise Left

        with (
            patch("qa.session.agents.groups.open_row", open_row), patch("qa.session.agents.one.open_item", open_item),
            patch("qa.session.prove", found.append), patch("qa.session.drill", drill),
            patch("qa.session.centers.comparison.open_why_of", open_why_of), patch("qa.session.centers.why.open_why", open_why),
            patch("qa.session.quality.errors.open_item", open_item), patch("qa.session.quality.appeals.open_item", open_item),
            patch("qa.session.quality.item.open_evaluation", open_record),
            suppress(Left),
        ):  # fmt: skip
            act(event)
        return found[0] if found else None

    return lead
