-- The coaching that came of one evaluation.
-- Grain: one row a coaching.
-- Parameters: $evaluation_id; $centers (VARCHAR[], null = all, empty = none).
select
    coaching.coaching_id,
    coaching.kind,
    coaching.topic,
    coaching.opened_at,
    coaching.due_at,
    coaching.closed_at,
    coaching.passed
from coaching
where
    coaching.evaluation_id = $evaluation_id
    and ($centers is null or list_contains($centers, coaching.center_id))
order by coaching.opened_at, coaching.coaching_id
