"""The page in Plotly Dash and DuckDB, lean and written by hand. ``DASH_DATA``: raw or rollup; ``DASH_DB``: the database.

Run by gunicorn in Dash's own environment, so it imports nothing of ours.
"""

import os
import threading

import dash_ag_grid as grid
import duckdb
import plotly.express as px
from dash import Dash, Input, Output, dcc, html

RAW = os.environ["DASH_DATA"] == "raw"
DATABASE = duckdb.connect(os.environ["DASH_DB"], read_only=True)
CENTERS = os.environ["DASH_CENTERS"].split(",")
OWN = threading.local()

NAMES = {
    "Answer rate": "{:.1%}", "In 20 s": "{:.1%}", "Satisfied": "{:.1%}", "Resolved": "{:.1%}",
    "Fatal accuracy": "{:.1%}", "Non-fatal accuracy": "{:.1%}", "Handling, s": "{:.1f}", "Mean score": "{:.1f}",
}  # fmt: skip
# Of each table: its time, then its measures on raw rows; of the roll-up the same as sums.
TIMES = {"calls": "started_at", "surveys": "responded_at", "evaluations": "evaluated_at"}
MEASURES = {
    "calls": {
        "answer": ("avg(answered::int)", "sum(answered) / sum(calls)"),
        "in_time": ("avg((answered and wait_s <= 20)::int)", "sum(in_time) / sum(calls)"),
        "handling": ("sum(talk_s + hold_s + wrap_s) / sum(answered::int)", "sum(handle_s) / sum(answered)"),
        "calls": ("count(*)", "sum(calls)"),
    },
    "surveys": {
        "satisfied": ("avg(satisfied::int)", "sum(satisfied) / sum(surveys)"),
        "resolved": ("avg(resolved::int)", "sum(resolved) / sum(surveys)"),
    },
    "evaluations": {
        "fatal": ("avg((fatal_errors = 0)::int)", "sum(fatal_ok) / sum(evaluations)"),
        "nonfatal": ("1 - sum(nonfatal_errors) / sum(opportunities)", "1 - sum(nonfatal_errors) / sum(opportunities)"),
        "score": ("avg(score)", "sum(score) / sum(evaluations)"),
    },
}


def query(sql, parameters):
    if not hasattr(OWN, "cursor"):
        OWN.cursor = DATABASE.cursor()
    return OWN.cursor.execute(sql, parameters).df()


def source(table):
    time = TIMES[table] if RAW else "day"
    return f"from {table if RAW else 'agent_day'} where {time} >= $1::date and {time} < $2::date and ($3 = '' or center_id = $3)"


def measures(table, names):
    return ", ".join(f"{MEASURES[table][name][0 if RAW else 1]} as {name}" for name in names)


def tiles(*asked):
    parts = {"calls": ("answer", "in_time", "handling"), "surveys": ("satisfied", "resolved"), "evaluations": ("fatal", "nonfatal", "score")}
    if RAW:
        found = {}
        for table, names in parts.items():
            found |= query(f"select {measures(table, names)} {source(table)}", asked).iloc[0].to_dict()
    else:
        found = query(f"select {', '.join(measures(*part) for part in parts.items())} {source('calls')}", asked).iloc[0].to_dict()
    return [found[name] for name in ("answer", "in_time", "satisfied", "resolved", "fatal", "nonfatal", "handling", "score")]


def trend(table, name, *asked):
    time = TIMES[table] if RAW else "day"
    columns = f"date_trunc('month', {time}) as month, center_id as center, {measures(table, [name])}"
    return query(f"select {columns} {source(table)} group by all order by all", asked)


def agents(*asked):
    if not RAW:
        wanted = [measures("calls", ["calls", "handling"]), measures("surveys", ["satisfied", "resolved"]), measures("evaluations", ["score", "fatal"])]
        return query(f"select agent_id, {', '.join(wanted)} {source('calls')} group by all having sum(calls) is not null order by agent_id", asked)
    return query(
        f"""select * from (select agent_id, {measures("calls", ["calls", "handling"])} {source("calls")} group by all)
        left join (select agent_id, {measures("surveys", ["satisfied", "resolved"])} {source("surveys")} group by all) using (agent_id)
        left join (select agent_id, {measures("evaluations", ["score", "fatal"])} {source("evaluations")} group by all) using (agent_id)
        order by agent_id""",
        asked,
    )


def figure(kind, frame, **arguments):
    made = getattr(px, kind)(frame, **arguments)
    return made.update_layout(height=300, margin={"l": 10, "r": 10, "t": 40, "b": 10})


def column(name, pattern=None):
    return {"field": name} | ({"valueFormatter": {"function": f"d3.format('{pattern}')(params.value)"}} if pattern else {})


app = Dash(__name__, title="Call center quality")
server = app.server
app.layout = html.Div(
    [
        html.H2("Call center quality"),
        html.Div(
            [
                dcc.DatePickerRange(id="dates", start_date="2024-11-01", end_date="2026-11-01"),
                dcc.Dropdown(
                    id="center",
                    options=[{"label": "All centers", "value": ""}, *({"label": f"Center {name}", "value": name} for name in CENTERS)],
                    value="", clearable=False, style={"width": 240},
                ),
            ],
            style={"display": "flex", "gap": 16},
        ),
        html.Div(id="tiles", style={"display": "grid", "gridTemplateColumns": "repeat(4,1fr)", "gap": 12, "margin": "12px 0"}),
        html.Div([dcc.Graph(id=f"chart-{number}") for number in range(4)], style={"display": "grid", "gridTemplateColumns": "1fr 1fr"}),
        grid.AgGrid(
            id="agents",
            columnDefs=[
                column("agent_id"), column("calls", ",d"), column("handling", ".1f"), column("satisfied", ".1%"),
                column("resolved", ".1%"), column("score", ".1f"), column("fatal", ".1%"),
            ],
            columnSize="sizeToFit",
            dashGridOptions={"pagination": True, "paginationPageSize": 20, "animateRows": False},
            style={"height": 600},
        ),
    ],
    style={"fontFamily": "sans-serif", "padding": 16},
)  # fmt: skip
ASKED = [Input("dates", "start_date"), Input("dates", "end_date"), Input("center", "value")]


@app.callback(Output("tiles", "children"), *ASKED)
def show_tiles(*asked):
    return [
        html.Div([html.Div(name), html.Div(pattern.format(value), style={"fontSize": 28})], className="tile", style={"border": "1px solid #ddd", "padding": 10})
        for (name, pattern), value in zip(NAMES.items(), tiles(*asked), strict=True)
    ]


def show_trend(number, title, table, name):
    @app.callback(Output(f"chart-{number}", "figure"), *ASKED)
    def _show(*asked):
        return figure("line", trend(table, name, *asked), x="month", y=name, color="center", title=title)


show_trend(0, "In 20 s by month", "calls", "in_time")
show_trend(1, "Satisfied by month", "surveys", "satisfied")
show_trend(2, "Fatal accuracy by month", "evaluations", "fatal")


@app.callback(Output("chart-3", "figure"), *ASKED)
def show_bars(*asked):
    frame = query(f"select center_id as center, {measures('calls', ['handling'])} {source('calls')} group by all order by all", asked)
    return figure("bar", frame, x="center", y="handling", title="Handling by center")


@app.callback(Output("agents", "rowData"), *ASKED)
def show_agents(*asked):
    return agents(*asked).to_dict("records")


server.test_client().get("/")  # Dash registers its script paths at the first page of each worker; without it a second worker answers 500
