-- Evaluations summed by part of the month of evaluation, that of the call, center, team, agent, scorecard.
-- Grain: one row a part of the month of evaluation, that of the call, center, team, agent, scorecard; a part stands under its first day.
-- A part: the 1st to the 20th, or the 21st on. Months that start on the 1st and those that start on the 21st are made of whole parts.
with

in_parts as (
    select
        *,
        cast(greatest(date_trunc('month', evaluated_day), date_trunc('month', evaluated_day - interval 20 day) + interval 20 day) as date) as evaluated_part,
        cast(greatest(date_trunc('month', call_day), date_trunc('month', call_day - interval 20 day) + interval 20 day) as date) as call_part
    from evaluations_by_agent_day
)

select
    evaluated_part as evaluated_day,
    call_part as call_day,
    center_id,
    team,
    agent_id,
    scorecard_id,
    cast(sum(evaluations) as bigint) as evaluations,
    cast(sum(judged_evaluations) as bigint) as judged_evaluations,
    cast(sum(passed_evaluations) as bigint) as passed_evaluations,
    cast(sum(scored_evaluations) as bigint) as scored_evaluations,
    cast(sum(score_share) as decimal(18, 10)) as score_share,
    cast(sum(score_share_squared) as double) as score_share_squared,
    cast(sum(fatal_checked_evaluations) as bigint) as fatal_checked_evaluations,
    cast(sum(fatal_evaluations) as bigint) as fatal_evaluations,
    cast(sum(checked_evaluations) as bigint) as checked_evaluations,
    cast(sum(opportunities) as bigint) as opportunities,
    cast(sum(nonfatal_errors) as bigint) as nonfatal_errors,
    cast(sum(opportunities_squared) as bigint) as opportunities_squared,
    cast(sum(nonfatal_errors_squared) as bigint) as nonfatal_errors_squared,
    cast(sum(nonfatal_errors_by_opportunities) as bigint) as nonfatal_errors_by_opportunities,
    cast(sum(error_checked_evaluations) as bigint) as error_checked_evaluations,
    cast(sum(erroneous_evaluations) as bigint) as erroneous_evaluations,
    cast(sum(errors_found) as bigint) as errors_found,
    cast(sum(targeted_scored_evaluations) as bigint) as targeted_scored_evaluations,
    cast(sum(targeted_score_share) as decimal(18, 10)) as targeted_score_share,
    cast(sum(targeted_score_share_squared) as double) as targeted_score_share_squared,
    cast(sum(released_evaluations) as bigint) as released_evaluations,
    cast(sum(appealed_evaluations) as bigint) as appealed_evaluations,
    cast(sum(decided_appeals) as bigint) as decided_appeals,
    cast(sum(upheld_appeals) as bigint) as upheld_appeals,
    cast(sum(restored_evaluations) as bigint) as restored_evaluations,
    cast(sum(restored_share) as decimal(18, 10)) as restored_share,
    cast(sum(restored_share_squared) as double) as restored_share_squared
from in_parts
group by evaluated_part, call_part, center_id, team, agent_id, scorecard_id
