-- Satisfaction by the hour of the day at which customers were asked.
-- Grain: one row an hour of the day with a survey.
-- Parameters: $date_from, $date_to (half-open); $centers, $teams, $queues, $agents (VARCHAR[], null = all, empty = none).
-- Columns: hour (0-23), then one struct a metric.
select
    extract(hour from sent_at) as hour,
    satisfaction_rate(sum(satisfied_surveys), sum(rated_surveys)) as satisfaction_rate,
    mean_satisfaction(sum(satisfaction_share), sum(satisfaction_share_squared), sum(scored_surveys)) as mean_satisfaction,
    response_rate(sum(answered_surveys), sum(surveys)) as response_rate
from survey_facts
where
    sent_at >= $date_from and sent_at < $date_to
    and ($centers is null or list_contains($centers, center_id))
    and ($teams is null or list_contains($teams, team))
    and ($queues is null or list_contains($queues, queue))
    and ($agents is null or list_contains($agents, agent_id))
group by hour
order by hour
