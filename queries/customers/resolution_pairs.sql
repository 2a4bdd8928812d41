-- What customers say of being helped at once, beside what their calls say of the same contacts.
-- Grain: one row a question.
-- Parameters: $date_from, $date_to (half-open); $centers, $teams, $queues, $agents (VARCHAR[], null = all, empty = none).
-- Columns: those of resolution_pairs_by_agent_day without day and places.
select
    cast(coalesce(sum(answers), 0) as bigint) as answers,
    cast(coalesce(sum(of_repeat_contacts), 0) as bigint) as of_repeat_contacts,
    cast(coalesce(sum(of_provisional_contacts), 0) as bigint) as of_provisional_contacts,
    cast(coalesce(sum(resolved_by_both), 0) as bigint) as resolved_by_both,
    cast(coalesce(sum(resolved_by_survey_only), 0) as bigint) as resolved_by_survey_only,
    cast(coalesce(sum(resolved_by_calls_only), 0) as bigint) as resolved_by_calls_only,
    cast(coalesce(sum(resolved_by_neither), 0) as bigint) as resolved_by_neither
from resolution_pairs_by_agent_day
where
    day >= $date_from and day < $date_to
    and ($centers is null or list_contains($centers, center_id))
    and ($teams is null or list_contains($teams, team))
    and ($queues is null or list_contains($queues, queue))
    and ($agents is null or list_contains($agents, agent_id))
