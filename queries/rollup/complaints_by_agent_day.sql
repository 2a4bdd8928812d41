-- Complaints summed by day, center, team, agent, category.
-- Grain: one row a day, center, team, agent, category.
select
    day,
    center_id,
    team,
    agent_id,
    category,
    cast(sum(complaints) as bigint) as complaints,
    cast(sum(decided_complaints) as bigint) as decided_complaints,
    cast(sum(upheld_complaints) as bigint) as upheld_complaints,
    cast(sum(due_complaints) as bigint) as due_complaints,
    cast(sum(complaints_closed_in_time) as bigint) as complaints_closed_in_time
from complaint_facts
group by day, center_id, team, agent_id, category
