-- Coaching and trainings of one agent up to the end of a period, the latest first.
-- Grain: one row a coaching record or a training the agent took part in.
-- Parameters: $agent; $date_to (exclusive); $centers (VARCHAR[], null = all, empty = none); $row_limit.
-- Columns: kind (interview, plan, recheck, training), topic, on_day, due_at, closed_at, passed; the last three null for trainings held.
select
    kind,
    topic,
    cast(opened_at as date) as on_day,
    due_at,
    closed_at,
    passed
from coaching
where
    agent_id = $agent
    and opened_at < $date_to
    and ($centers is null or list_contains($centers, center_id))
union all
select
    'training' as kind,
    topic,
    held_on as on_day,
    null as due_at,
    null as closed_at,
    null as passed
from trainings
where
    agent_id = $agent
    and held_on < $date_to
    and ($centers is null or list_contains($centers, center_id))
order by on_day desc, kind asc, topic asc
limit $row_limit
