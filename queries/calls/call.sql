-- One call as it was recorded.
-- Grain: one row a call, at most one.
-- Parameters: $call_id; $date_from, $date_to (half-open, when it can have been); $centers (VARCHAR[], null = all, empty = none).
-- The team is that of the day of the call.
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
    calls.transfer_s,
    calls.ended_by,
    calls.customer_id,
    calls.reason,
    calls.resolved,
    calls.sold,
    agent_spans.team
from calls
left join agent_spans
    on
        calls.agent_id = agent_spans.agent_id
        and cast(calls.started_at as date) >= agent_spans.valid_from
        and cast(calls.started_at as date) < agent_spans.valid_until
where
    calls.call_id = $call_id
    and calls.started_at >= $date_from and calls.started_at < $date_to
    and ($centers is null or list_contains($centers, calls.center_id))
order by calls.started_at desc
limit 1
