-- Working days of agents, with the calls they handled on them.
-- Grain: one row an agent and day with login time.
with

handled_by_day as (
    select
        agent_id,
        cast(started_at as date) as day,
        cast(sum(coalesce(talk_s, 0)) as decimal(18, 3)) as talk_s,
        count(*) as handled
    from calls
    where answered and agent_id is not null
    group by agent_id, cast(started_at as date)
)

select
    agent_days.agent_id,
    agent_days.day,
    agent_days.center_id,
    agent_spans.team,
    1 as agent_days,
    agent_days.login_s,
    coalesce(handled_by_day.talk_s, 0) as day_talk_s,
    coalesce(handled_by_day.handled, 0) as day_handled,
    cast(agent_days.login_s as double) * cast(agent_days.login_s as double) as login_s_squared,
    coalesce(cast(handled_by_day.talk_s as double) * cast(handled_by_day.talk_s as double), 0) as day_talk_s_squared,
    coalesce(handled_by_day.handled * handled_by_day.handled, 0) as day_handled_squared,
    coalesce(handled_by_day.handled, 0) * cast(agent_days.login_s as double) as day_handled_by_login_s
from agent_days
left join handled_by_day on agent_days.agent_id = handled_by_day.agent_id and agent_days.day = handled_by_day.day
left join agent_spans
    on
        agent_days.agent_id = agent_spans.agent_id
        and agent_days.day >= agent_spans.valid_from
        and agent_days.day < agent_spans.valid_until
where agent_days.login_s > 0
