-- Headcount: each day of employment as its share of the month, and each leaving.
-- Grain: one row an agent and day on the roster, and one row a leaving.
-- Leavers over the sum of the daily shares is the monthly attrition rate.
select
    agent_spans.agent_id,
    agent_spans.center_id,
    agent_spans.team,
    days.day,
    0 as leavers,
    cast(1.0 / nullif(days.days_in_month, 0) as decimal(18, 12)) as headcount_months
from agent_spans
inner join days
    on
        days.day >= agent_spans.valid_from
        and days.day < agent_spans.valid_until
        and days.day >= coalesce(agent_spans.hired_on, days.day)
        and (agent_spans.left_on is null or days.day < agent_spans.left_on)

union all

select
    agent_spans.agent_id,
    agent_spans.center_id,
    agent_spans.team,
    days.day,
    1 as leavers,
    cast(0 as decimal(18, 12)) as headcount_months
from agent_spans
inner join days
    on
        agent_spans.left_on = days.day
        and days.day >= agent_spans.valid_from
        and days.day < agent_spans.valid_until
