-- Surveys summed by part of a month, center, queue, reason.
-- Grain: one row a part of a month, center, queue, reason; a part stands under its first day.
-- A part: the 1st to the 20th, or the 21st on. Months that start on the 1st and those that start on the 21st are made of whole parts.
with

in_parts as (
    select
        *,
        cast(greatest(date_trunc('month', day), date_trunc('month', day - interval 20 day) + interval 20 day) as date) as part
    from surveys_by_center_day
)

select
    part as day,
    center_id,
    queue,
    reason,
    cast(sum(surveys) as bigint) as surveys,
    cast(sum(answered_surveys) as bigint) as answered_surveys,
    cast(sum(rated_surveys) as bigint) as rated_surveys,
    cast(sum(satisfied_surveys) as bigint) as satisfied_surveys,
    cast(sum(scored_surveys) as bigint) as scored_surveys,
    cast(sum(satisfaction_share) as decimal(18, 10)) as satisfaction_share,
    cast(sum(satisfaction_share_squared) as double) as satisfaction_share_squared,
    cast(sum(resolution_answers) as bigint) as resolution_answers,
    cast(sum(resolved_surveys) as bigint) as resolved_surveys
from in_parts
group by part, center_id, queue, reason
