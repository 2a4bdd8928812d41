-- Plans summed by day, center, team, agent.
-- Grain: one row a day, center, team, agent.
select
    day,
    day_until,
    center_id,
    team,
    agent_id,
    cast(sum(planned_agent_periods) as bigint) as planned_agent_periods,
    cast(sum(met_plans) as bigint) as met_plans
from plan_facts
group by day, day_until, center_id, team, agent_id
