-- Complaints with their measures.
-- Grain: one row a complaint.
-- A complaint is due once its time limit lies before the end of the data (known_until()); a limit
-- without a time of day is that whole day.
select
    complaints.complaint_id,
    complaints.call_id,
    complaints.received_at,
    complaints.center_id,
    agent_spans.team,
    complaints.agent_id,
    complaints.category,
    cast(complaints.received_at as date) as day,
    1 as complaints,
    case when complaints.upheld is not null then 1 else 0 end as decided_complaints,
    case when complaints.upheld then 1 else 0 end as upheld_complaints,
    case when deadline(complaints.due_at) <= known_until() then 1 else 0 end as due_complaints,
    case when deadline(complaints.due_at) <= known_until() and complaints.closed_at <= deadline(complaints.due_at) then 1 else 0 end
        as complaints_closed_in_time
from complaints
left join agent_spans
    on
        complaints.agent_id = agent_spans.agent_id
        and cast(complaints.received_at as date) >= agent_spans.valid_from
        and cast(complaints.received_at as date) < agent_spans.valid_until
