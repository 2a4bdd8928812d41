-- Headcount summed by day, center, team.
-- Grain: one row a day, center, team.
select
    day,
    center_id,
    team,
    cast(sum(leavers) as bigint) as leavers,
    cast(sum(headcount_months) as decimal(18, 12)) as headcount_months
from headcount_facts
group by day, center_id, team
