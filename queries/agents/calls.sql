-- The latest answered calls of one agent.
-- Grain: one row an answered call.
-- Parameters: $agent; $date_from, $date_to (half-open); $centers, $queues (VARCHAR[], null = all, empty = none); $row_limit.
-- Columns: call_id, started_at, direction, queue, reason, wait_s, handle_s (seconds, null where a part is not known), transferred.
select
    call_id,
    started_at,
    direction,
    queue,
    reason,
    cast(wait_s as double) as wait_s,
    cast(talk_s + hold_s + wrap_s as double) as handle_s,
    coalesce(transferred, false) as transferred
from calls
where
    agent_id = $agent
    and answered
    and started_at >= $date_from
    and started_at < $date_to
    and ($centers is null or list_contains($centers, center_id))
    and ($queues is null or list_contains($queues, queue))
order by started_at desc, call_id asc
limit $row_limit
