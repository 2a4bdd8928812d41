-- Agent days summed by month, center, team, agent.
-- Grain: one row a month, center, team, agent; a month is named by its first day.
select
    cast(date_trunc('month', day) as date) as day,
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
from agent_days_by_agent_day
group by cast(date_trunc('month', day) as date), center_id, team, agent_id
