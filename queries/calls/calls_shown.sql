-- The latest calls of a choice.
-- Grain: one row a call.
-- Parameters: $date_from, $date_to (half-open); $centers, $teams, $queues, $agents (VARCHAR[], null = all, empty = none); $row_limit.
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
    calls.transferred,
    calls.reason,
    agent_spans.team
from calls
left join agent_spans
    on
        calls.agent_id = agent_spans.agent_id
        and cast(calls.started_at as date) >= agent_spans.valid_from
        and cast(calls.started_at as date) < agent_spans.valid_until
where
    calls.started_at >= $date_from and calls.started_at < $date_to
    and ($centers is null or list_contains($centers, calls.center_id))
    and ($teams is null or list_contains($teams, agent_spans.team))
    and ($queues is null or list_contains($queues, calls.queue))
    and ($agents is null or list_contains($agents, calls.agent_id))
order by calls.started_at desc, calls.call_id asc
limit $row_limit
