-- Sections of evaluations summed by evaluation day, call day, center, team, agent, evaluator, queue, scorecard, kind, section.
-- Grain: one row a evaluation day, call day, center, team, agent, evaluator, queue, scorecard, kind, section.
-- Parameters: $month_from, $month_until (half-open).
select
    evaluated_day,
    call_day,
    center_id,
    team,
    agent_id,
    evaluator_id,
    queue,
    scorecard_id,
    kind,
    section,
    cast(sum(evaluations) as bigint) as evaluations,
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
    cast(sum(lost_points) as decimal(18, 4)) as lost_points,
    cast(sum(lost_share) as decimal(18, 10)) as lost_share
from evaluation_section_facts
where evaluated_at >= $month_from and evaluated_at < $month_until
group by evaluated_day, call_day, center_id, team, agent_id, evaluator_id, queue, scorecard_id, kind, section
