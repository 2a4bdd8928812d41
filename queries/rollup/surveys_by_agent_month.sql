-- Surveys summed by month, center, team, agent.
-- Grain: one row a month, center, team, agent; a month is named by its first day.
select
    cast(date_trunc('month', day) as date) as day,
    center_id,
    team,
    agent_id,
    cast(sum(surveys) as bigint) as surveys,
    cast(sum(answered_surveys) as bigint) as answered_surveys,
    cast(sum(rated_surveys) as bigint) as rated_surveys,
    cast(sum(satisfied_surveys) as bigint) as satisfied_surveys,
    cast(sum(scored_surveys) as bigint) as scored_surveys,
    cast(sum(satisfaction_share) as decimal(18, 10)) as satisfaction_share,
    cast(sum(satisfaction_share_squared) as double) as satisfaction_share_squared,
    cast(sum(resolution_answers) as bigint) as resolution_answers,
    cast(sum(resolved_surveys) as bigint) as resolved_surveys
from surveys_by_agent_day
group by cast(date_trunc('month', day) as date), center_id, team, agent_id
