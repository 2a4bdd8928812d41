-- One call as it was recorded.
-- Grain: one row a call, at most one.
-- Parameters: $call_id; $date_from, $date_to (half-open, when it can have been); $centers (VARCHAR[], null = all, empty = none).
select
    calls.call_id,
    calls.center_id,
    calls.agent_id,
    calls.queue,
    calls.direction,
    calls.started_at,
    calls.answered,
    calls.wait_s,
    calls.talk_s,
    calls.hold_s,
    calls.wrap_s,
    calls.transferred,
    calls.customer_id,
    calls.reason
from calls
where
    calls.call_id = $call_id
    and calls.started_at >= $date_from and calls.started_at < $date_to
    and ($centers is null or list_contains($centers, calls.center_id))
