-- Complaints of a period by category.
-- Grain: one row a category (null: none recorded).
-- Parameters: $date_from, $date_to (half-open); $centers, $teams, $agents (VARCHAR[], null = all, empty = none).
-- Columns: complaints (count), then one struct a metric.
select
    category,
    cast(sum(complaints) as bigint) as complaints,
    upheld_complaint_rate(sum(upheld_complaints), sum(decided_complaints)) as upheld_complaint_rate,
    complaint_on_time(sum(complaints_closed_in_time), sum(due_complaints)) as complaint_on_time
from complaints_by_agent_day
where
    day >= $date_from and day < $date_to
    and ($centers is null or list_contains($centers, center_id))
    and ($teams is null or list_contains($teams, team))
    and ($agents is null or list_contains($agents, agent_id))
group by category
order by complaints desc, category asc
