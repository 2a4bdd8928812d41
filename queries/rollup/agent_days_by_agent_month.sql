-- Agent days summed by part of a month, center, team, agent.
-- Grain: one row a part of a month, center, team, agent; a part stands under its first day.
-- A part: the 1st to the 20th, or the 21st on. Months that start on the 1st and those that start on the 21st are made of whole parts.
with

in_parts as (
    select
        *,
        cast(greatest(date_trunc('month', day), date_trunc('month', day - interval 20 day) + interval 20 day) as date) as part
    from agent_days_by_agent_day
)

select
    part as day,
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
from in_parts
group by part, center_id, team, agent_id
