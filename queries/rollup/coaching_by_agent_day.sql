-- Coaching summed by day, center, team, agent.
-- Grain: one row a day, center, team, agent.
select
    day,
    center_id,
    team,
    agent_id,
    cast(sum(due_coachings) as bigint) as due_coachings,
    cast(sum(closed_coachings) as bigint) as closed_coachings,
    cast(sum(decided_rechecks) as bigint) as decided_rechecks,
    cast(sum(passed_rechecks) as bigint) as passed_rechecks
from coaching_facts
group by day, center_id, team, agent_id
