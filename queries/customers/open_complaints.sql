-- Complaints that are not closed when the data end, the longest overdue first.
-- Grain: one row an open complaint.
-- Parameters: $date_to (received before); $centers, $teams, $agents (VARCHAR[], null = all, empty = none); $row_limit.
-- Columns: the complaint, is_overdue, over_s (seconds past its time limit, negative before it), found (how many there are in all),
-- overdue (how many of them are overdue).
with

unclosed_complaints as (
    select
        complaints.complaint_id,
        complaints.call_id,
        complaints.center_id,
        complaint_facts.team,
        complaints.agent_id,
        complaints.category,
        complaints.upheld,
        complaints.received_at,
        complaints.due_at,
        coalesce(deadline(complaints.due_at) <= known_until(), false) as is_overdue,
        date_diff('second', deadline(complaints.due_at), known_until()) as over_s
    from complaints
    inner join complaint_facts on complaints.complaint_id = complaint_facts.complaint_id
    where
        (complaints.closed_at is null or complaints.closed_at > known_until())
        and complaints.received_at < $date_to
        and ($centers is null or list_contains($centers, complaints.center_id))
        and ($teams is null or list_contains($teams, complaint_facts.team))
        and ($agents is null or list_contains($agents, complaints.agent_id))
)

select
    *,
    count(*) over () as found,
    cast(sum(case when is_overdue then 1 else 0 end) over () as bigint) as overdue
from unclosed_complaints
order by over_s desc nulls last, received_at asc, complaint_id asc
limit $row_limit
