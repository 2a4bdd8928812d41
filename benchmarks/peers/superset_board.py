"""The page in Superset, made through its REST API: a database, datasets, thirteen charts, a dashboard with two filters."""

import json
from typing import Any

import requests

from benchmarks.peers.home import CENTERS, END, FIRST_DAY, RAW, ROLLUP
from benchmarks.peers.peers import SUPERSET

TIMES = {"calls": "started_at", "surveys": "responded_at", "evaluations": "evaluated_at", "agent_facts": "ts"}
HANDLED = "case when answered then talk_s + hold_s + wrap_s end"
# Name, dataset, number format; measure on raw rows; measure on the roll-up.
FIGURES = (
    ("Answer rate", "calls", ".1%", "avg(cast(answered as int))", "sum(answered) * 1.0 / sum(calls)"),
    ("In 20 s", "calls", ".1%", "avg(cast(answered and wait_s <= 20 as int))", "sum(in_time) * 1.0 / sum(calls)"),
    ("Handling", "calls", ".1f", f"sum({HANDLED}) * 1.0 / sum(cast(answered as int))", "sum(handle_s) * 1.0 / sum(answered)"),
    ("Satisfied", "surveys", ".1%", "avg(cast(satisfied as int))", "sum(satisfied) * 1.0 / sum(surveys)"),
    ("Resolved", "surveys", ".1%", "avg(cast(resolved as int))", "sum(resolved) * 1.0 / sum(surveys)"),
    ("Fatal accuracy", "evaluations", ".1%", "avg(cast(fatal_errors = 0 as int))", "sum(fatal_ok) * 1.0 / sum(evaluations)"),
    ("Non-fatal accuracy", "evaluations", ".1%", "1 - sum(nonfatal_errors) * 1.0 / sum(opportunities)", "1 - sum(nonfatal_errors) * 1.0 / sum(opportunities)"),
    ("Mean score", "evaluations", ".1f", "avg(score)", "sum(score) / sum(evaluations)"),
)
LINES = ("In 20 s", "Satisfied", "Fatal accuracy")
AGENTS = f"""select started_at as ts, agent_id, center_id, 1 as calls, cast(answered as int) as answered,
{HANDLED} as handle_s, null as surveys, null as satisfied, null as resolved,
null as evaluations, null as score, null as fatal_ok from calls
union all select responded_at, agent_id, center_id, null, null, null, 1, cast(satisfied as int), cast(resolved as int), null, null, null from surveys
union all select evaluated_at, agent_id, center_id, null, null, null, null, null, null, 1, score, cast(fatal_errors = 0 as int) from evaluations"""
AGENT_COLUMNS = (
    ("Calls", "sum(calls)", ",d"),
    ("Handling", "sum(handle_s) * 1.0 / sum(answered)", ".1f"),
    ("Satisfied", "sum(satisfied) * 1.0 / sum(surveys)", ".1%"),
    ("Resolved", "sum(resolved) * 1.0 / sum(surveys)", ".1%"),
    ("Score", "sum(score) / sum(evaluations)", ".1f"),
    ("Fatal accuracy", "sum(fatal_ok) * 1.0 / sum(evaluations)", ".1%"),
)  # fmt: skip


def make_board(rollup: bool) -> None:
    """The dashboard ``raw`` or ``rollup``; RuntimeError with Superset's answer where it refuses something."""
    _Board(rollup).make()


class _Board:
    def __init__(self, rollup: bool):
        self.rollup, self.slug = rollup, "rollup" if rollup else "raw"
        self.web = requests.Session()
        self.web.trust_env = False
        login = {"username": "admin", "password": "admin", "provider": "db", "refresh": True}
        self.web.headers["Authorization"] = f"Bearer {self._post('security/login', login)['access_token']}"

    def make(self) -> None:
        """Everything, in the order in which one needs the other."""
        uri = f"duckdb:///{ROLLUP if self.rollup else RAW}?access_mode=read_only"
        self.database = self._post("database/", {"database_name": self.slug, "sqlalchemy_uri": uri, "expose_in_sqllab": True})["id"]
        self.datasets = self._datasets()
        figures = [self._figure(name, table, pattern) for name, table, pattern, *_measures in FIGURES]
        lines = [self._line(name) for name in LINES]
        charts = [*figures, *lines, self._bars(), self._agents()]
        self._dashboard(charts)

    def _datasets(self) -> dict[str, int]:
        centers = " union all ".join(f"select '{center}' as center_id" for center in CENTERS)
        made = {"centers": self._dataset(f"centers_{self.slug}", centers)}
        if self.rollup:
            made |= dict.fromkeys(TIMES, self._dataset("agent_day"))
        else:
            made |= {name: self._dataset(name) for name in ("calls", "surveys", "evaluations")} | {"agent_facts": self._dataset("agent_facts", AGENTS)}
        for name in TIMES:
            self._answer(self.web.put(f"{SUPERSET}/api/v1/dataset/{made[name]}", json={"main_dttm_col": self._time(name)}))
        return made

    def _dataset(self, name: str, sql: str = "") -> int:
        return self._post("dataset/", {"database": self.database, "schema": "main", "table_name": name} | ({"sql": sql} if sql else {}))["id"]

    def _time(self, table: str) -> str:
        return "day" if self.rollup else TIMES[table]

    def _measure(self, name: str) -> dict[str, Any]:
        return _sql(name, next(one[4] if self.rollup else one[3] for one in FIGURES if one[0] == name))

    def _figure(self, name: str, table: str, pattern: str) -> tuple[int, str]:
        return self._chart(name, table, "big_number_total", {"metric": self._measure(name), "y_axis_format": pattern, "header_font_size": 0.4})

    def _bars(self) -> tuple[int, str]:
        asked = {"x_axis": "center_id", "xAxisForceCategorical": True, "metrics": [self._measure("Handling")], "groupby": [], "row_limit": 100}
        return self._chart("Handling by center", "calls", "echarts_timeseries_bar", asked | {"y_axis_format": ".0f"})

    def _line(self, name: str) -> tuple[int, str]:
        table = next(one[1] for one in FIGURES if one[0] == name)
        asked = {"x_axis": self._time(table), "time_grain_sqla": "P1M", "metrics": [self._measure(name)], "groupby": ["center_id"], "row_limit": 10000}
        return self._chart(f"{name} by month", table, "echarts_timeseries_line", asked | {"y_axis_format": ".0%", "show_legend": True, "truncateYAxis": True})

    def _agents(self) -> tuple[int, str]:
        asked = {
            "query_mode": "aggregate", "groupby": ["agent_id"], "metrics": [_sql(name, sql) for name, sql, _pattern in AGENT_COLUMNS], "row_limit": 1000,
            "page_length": 20, "order_desc": False, "server_pagination": False, "timeseries_limit_metric": _sql("agent", "min(agent_id)"),
            "column_config": {name: {"d3NumberFormat": pattern} for name, _sql_text, pattern in AGENT_COLUMNS},
        }  # fmt: skip
        return self._chart("Agents", "agent_facts", "table", asked)

    def _chart(self, name: str, table: str, kind: str, asked: dict[str, Any]) -> tuple[int, str]:
        time = {"clause": "WHERE", "comparator": "No filter", "expressionType": "SIMPLE", "operator": "TEMPORAL_RANGE", "subject": self._time(table)}
        asked = {"datasource": f"{self.datasets[table]}__table", "viz_type": kind, "extra_form_data": {}, "adhoc_filters": [time]} | asked
        body = {"slice_name": name, "viz_type": kind, "datasource_id": self.datasets[table], "datasource_type": "table", "params": json.dumps(asked)}
        return self._post("chart/", body)["id"], name

    def _dashboard(self, charts: list[tuple[int, str]]) -> None:
        ids = [number for number, _name in charts]
        settings = {"native_filter_configuration": self._filters(ids), "chart_configuration": {}, "refresh_frequency": 0, "cross_filters_enabled": False}
        body = {"dashboard_title": "Call center quality", "slug": self.slug, "published": True}
        dashboard = self._post("dashboard/", body | {"position_json": json.dumps(_layout(charts)), "json_metadata": json.dumps(settings)})["id"]
        for number in ids:
            self._answer(self.web.put(f"{SUPERSET}/api/v1/chart/{number}", json={"dashboards": [dashboard]}))

    def _filters(self, ids: list[int]) -> list[dict[str, Any]]:
        common = {"type": "NATIVE_FILTER", "cascadeParentIds": [], "scope": {"rootPath": ["ROOT_ID"], "excluded": []}, "chartsInScope": ids, "tabsInScope": []}
        period = f"{FIRST_DAY} : {END}"
        return [
            common | {"id": "NATIVE_FILTER-date", "name": "Date", "filterType": "filter_time", "targets": [{}], "controlValues": {"enableEmptyFilter": False},
                      "defaultDataMask": {"extraFormData": {"time_range": period}, "filterState": {"value": period}}},
            common | {"id": "NATIVE_FILTER-center", "name": "Center", "filterType": "filter_select",
                      "targets": [{"datasetId": self.datasets["centers"], "column": {"name": "center_id"}}],
                      "controlValues": {"multiSelect": False, "enableEmptyFilter": False, "defaultToFirstItem": False, "inverseSelection": False},
                      "defaultDataMask": {"extraFormData": {}, "filterState": {}}},
        ]  # fmt: skip

    def _post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        return self._answer(self.web.post(f"{SUPERSET}/api/v1/{path}", json=body))

    @staticmethod
    def _answer(response: requests.Response) -> dict[str, Any]:
        if response.status_code >= 300:
            raise RuntimeError(f"{response.url}: {response.status_code} {response.text[:800]}")
        return response.json()


def _sql(label: str, expression: str) -> dict[str, Any]:
    return {"expressionType": "SQL", "sqlExpression": expression, "label": label, "optionName": f"measure_{label.replace(' ', '_')}", "hasCustomLabel": True}


def _layout(charts: list[tuple[int, str]]) -> dict[str, Any]:
    """Rows of charts, twelve columns wide: number of charts and height of each."""
    layout: dict[str, Any] = {
        "DASHBOARD_VERSION_KEY": "v2",
        "ROOT_ID": {"type": "ROOT", "id": "ROOT_ID", "children": ["GRID_ID"]},
        "GRID_ID": {"type": "GRID", "id": "GRID_ID", "children": [], "parents": ["ROOT_ID"]},
        "HEADER_ID": {"id": "HEADER_ID", "type": "HEADER", "meta": {"text": "Call center quality"}},
    }
    left = iter(charts)
    for row, (count, height) in enumerate(((4, 14), (4, 14), (2, 32), (2, 32), (1, 60))):
        name = f"ROW-{row}"
        layout["GRID_ID"]["children"].append(name)
        layout[name] = {"type": "ROW", "id": name, "children": [], "parents": ["ROOT_ID", "GRID_ID"], "meta": {"background": "BACKGROUND_TRANSPARENT"}}
        for number, title in (next(left) for _chart in range(count)):
            key = f"CHART-{number}"
            layout[name]["children"].append(key)
            meta = {"chartId": number, "width": 12 // count, "height": height, "sliceName": title}
            layout[key] = {"type": "CHART", "id": key, "children": [], "parents": ["ROOT_ID", "GRID_ID", name], "meta": meta}
    return layout
