-- Satisfaction by why the customer had called, where a survey's call is known.
-- Grain: one row a reason of a call with a survey.
-- Parameters: $date_from, $date_to (half-open, of the survey); $calls_from: from when calls are looked up;
-- $centers, $teams, $queues, $agents (VARCHAR[], null = all, empty = none).
-- Columns: reason (null: the call or its reason is not known), then one struct a metric.
with

reasons_of_calls as (
    select
        call_id,
        reason
    from calls
    where started_at >= $calls_from and started_at < $date_to
)

select
    reasons_of_calls.reason,
    satisfaction_rate(sum(satisfied_surveys), sum(rated_surveys)) as satisfaction_rate,
    mean_satisfaction(sum(satisfaction_share), sum(satisfaction_share_squared), sum(scored_surveys)) as mean_satisfaction,
    response_rate(sum(answered_surveys), sum(surveys)) as response_rate
from survey_facts
left join reasons_of_calls on survey_facts.call_id = reasons_of_calls.call_id
where
    sent_at >= $date_from and sent_at < $date_to
    and ($centers is null or list_contains($centers, center_id))
    and ($teams is null or list_contains($teams, team))
    and ($queues is null or list_contains($queues, queue))
    and ($agents is null or list_contains($agents, agent_id))
group by reasons_of_calls.reason
order by reasons_of_calls.reason
