-- Surveys summed by day, center, team, agent, queue, reason, reason of the call, hour.
-- Grain: one row a day, center, team, agent, queue, reason, reason of the call, hour.
-- Parameters: $month_from, $month_until (half-open).
select
    day,
    center_id,
    team,
    agent_id,
    queue,
    reason,
    call_reason,
    hour,
    cast(sum(surveys) as bigint) as surveys,
    cast(sum(answered_surveys) as bigint) as answered_surveys,
    cast(sum(rated_surveys) as bigint) as rated_surveys,
    cast(sum(satisfied_surveys) as bigint) as satisfied_surveys,
    cast(sum(scored_surveys) as bigint) as scored_surveys,
    cast(sum(satisfaction_share) as decimal(18, 10)) as satisfaction_share,
    cast(sum(satisfaction_share_squared) as double) as satisfaction_share_squared,
    cast(sum(resolution_answers) as bigint) as resolution_answers,
    cast(sum(resolved_surveys) as bigint) as resolved_surveys
from survey_call_facts
where sent_at >= $month_from and sent_at < $month_until
group by day, center_id, team, agent_id, queue, reason, call_reason, hour
