"""The same page, on the same calls, surveys and evaluations, made with other tools, and measured the same way as ours.

The page: eight headline figures, four charts, a table of all agents, two years, a filter on the center. Opponents: Apache Superset and
Plotly Dash, each on the raw rows and on a roll-up by agent and day such as a careful user would make, and Evidence on the roll-up, as it
takes all its rows to the browser. ``make bench-peers`` sets them up under ``$PEERS_HOME`` (benchmarks/work/peers), measures each of them
and our overview, and writes benchmarks/RESULTS.md.
"""
