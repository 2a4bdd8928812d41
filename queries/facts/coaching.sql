-- Coaching, rectification and rechecks with their measures.
-- Grain: one row a coaching record.
-- A record is due once its time limit lies before the end of the data (known_until()); a limit
-- without a time of day is that whole day.
select
    coaching.coaching_id,
    coaching.evaluation_id,
    coaching.opened_at,
    coaching.center_id,
    agent_spans.team,
    coaching.agent_id,
    coaching.kind,
    coaching.topic,
    cast(coaching.opened_at as date) as day,
    case when deadline(coaching.due_at) <= known_until() then 1 else 0 end as due_coachings,
    case when deadline(coaching.due_at) <= known_until() and coaching.closed_at <= deadline(coaching.due_at) then 1 else 0 end
        as closed_coachings,
    case when coaching.kind = 'recheck' and coaching.passed is not null then 1 else 0 end as decided_rechecks,
    case when coaching.kind = 'recheck' and coaching.passed then 1 else 0 end as passed_rechecks
from coaching
left join agent_spans
    on
        coaching.agent_id = agent_spans.agent_id
        and cast(coaching.opened_at as date) >= agent_spans.valid_from
        and cast(coaching.opened_at as date) < agent_spans.valid_until
