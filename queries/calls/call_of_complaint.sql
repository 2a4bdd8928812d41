-- The call that one complaint is about.
-- Grain: one row a complaint, at most one.
-- Parameters: $record_id; $at (when it was received); $centers (VARCHAR[], null = all, empty = none).
select complaints.call_id
from complaints
where
    complaints.complaint_id = $record_id and complaints.received_at = $at
    and ($centers is null or list_contains($centers, complaints.center_id))
