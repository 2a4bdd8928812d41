-- Agent days summed by day, center, team, agent.
-- Grain: one row a day, center, team, agent.
-- Parameters: $month_from, $month_until (half-open).
select
    day,
    center_id,
    team,
    agent_id,
    cast(sum(agent_days) as bigint) as agent_days,
    cast(sum(login_s) as decimal(18, 3)) as login_s,
    cast(sum(day_talk_s) as decimal(18, 3)) as day_talk_s,
    cast(sum(day_handled) as bigint) as day_handled,
    cast(sum(login_s_squared) as double) as login_s_squared,
    cast(sum(day_talk_s_squared) as double) as day_talk_s_squared,
    cast(sum(day_handled_squared) as bigint) as day_handled_squared,
    cast(sum(day_handled_by_login_s) as double) as day_handled_by_login_s
from agent_day_facts
where day >= $month_from and day < $month_until
group by day, center_id, team, agent_id
