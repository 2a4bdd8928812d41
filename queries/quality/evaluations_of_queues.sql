-- The latest evaluations of a choice whose calls were in the queues.
-- Grain: one row an evaluation, of any kind and state; with $is_released true released ones that are no calibration.
-- Parameters: $date_from, $date_to (half-open); $date_basis (evaluated or call); $is_released;
--   $centers, $teams, $queues, $agents (VARCHAR[], null = all, empty = none); $row_limit.
-- Columns: evaluation_id.
select evaluation_id
from evaluation_facts
where
    case when $date_basis = 'call' then call_day else evaluated_day end >= $date_from
    and case when $date_basis = 'call' then call_day else evaluated_day end < $date_to
    and (not $is_released or released_evaluations = 1)
    and ($centers is null or list_contains($centers, center_id))
    and ($teams is null or list_contains($teams, team))
    and ($queues is null or list_contains($queues, queue))
    and ($agents is null or list_contains($agents, agent_id))
order by evaluated_at desc, evaluation_id asc
limit $row_limit
