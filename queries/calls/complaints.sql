-- The complaints about one call.
-- Grain: one row a complaint.
-- Parameters: $call_id; $centers (VARCHAR[], null = all, empty = none).
select
    complaints.complaint_id,
    complaints.category,
    complaints.received_at,
    complaints.due_at,
    complaints.closed_at,
    complaints.upheld
from complaints
where
    complaints.call_id = $call_id
    and ($centers is null or list_contains($centers, complaints.center_id))
order by complaints.received_at, complaints.complaint_id
