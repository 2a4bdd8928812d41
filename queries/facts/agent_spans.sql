-- The roster, each row with the half-open span of days it is valid for.
-- Grain: one row an agent and span.
select
    agent_id,
    name,
    center_id,
    team,
    skill,
    hired_on,
    confirmed_on,
    left_on,
    coalesce(valid_from, date '0001-01-01') as valid_from,
    lead(coalesce(valid_from, date '0001-01-01'), 1, date '9999-12-31')
        over (partition by agent_id order by coalesce(valid_from, date '0001-01-01')) as valid_until
from agents
