-- Evaluations with their measures.
-- Grain: one row an evaluation, drafts, retracted ones and calibrations included with measures of zero.
-- Released evaluations that are no calibration count; where a figure stands for all calls, only random, quota and new-hire samples.
-- An evaluation without a verdict of its own is judged by its scorecard's rule; where there is none it stays unjudged.
-- Other samples are measured apart, as targeted ones: faults are looked for in them.
-- Points restored are those an upheld appeal gave back.
-- The queue is that of the evaluated call, looked up among the calls of the 62 days before.
with

scorecard_rules as (
    select
        scorecard_id,
        max(pass_rule) as pass_rule,
        max(pass_mark) as pass_mark
    from scorecards
    group by scorecard_id
),

section_marks as (
    select
        evaluation_items.evaluation_id,
        scorecards.section,
        100 * sum(evaluation_items.points) / nullif(sum(evaluation_items.full_mark), 0) as mark
    from evaluation_items
    inner join evaluations on evaluation_items.evaluation_id = evaluations.evaluation_id
    inner join scorecards
        on
            evaluations.scorecard_id = scorecards.scorecard_id
            and evaluation_items.item_id = scorecards.item_id
    where
        evaluations.passed is null
        and scorecards.pass_rule = 'every_section'
        and not coalesce(evaluation_items.not_applicable, false)
    group by evaluation_items.evaluation_id, scorecards.section
),

lowest_sections as (
    select
        evaluation_id,
        min(mark) as mark
    from section_marks
    group by evaluation_id
),

judged_evaluations as (
    select
        evaluations.*,
        calls.queue,
        coalesce(evaluations.call_at, evaluations.evaluated_at) as happened_at,
        coalesce(
            evaluations.passed,
            case scorecard_rules.pass_rule
                when 'total' then evaluations.score >= scorecard_rules.pass_mark
                when 'every_section' then lowest_sections.mark >= scorecard_rules.pass_mark
                when 'no_fatal' then
                    evaluations.fatal_errors = 0 and evaluations.score >= coalesce(scorecard_rules.pass_mark, evaluations.score)
            end
        ) as is_passed,
        coalesce(evaluations.status, 'released') = 'released' and evaluations.calibration_id is null as is_released,
        coalesce(evaluations.status, 'released') = 'released'
        and evaluations.calibration_id is null
        and evaluations.sample_reason in ('random', 'quota', 'new_hire') as is_representative,
        cast(evaluations.score / nullif(evaluations.full_mark, 0) as decimal(14, 10)) as share,
        case
            when evaluations.appealed_at is not null and evaluations.appeal_upheld
                then
                    cast((evaluations.score - evaluations.original_score) / nullif(evaluations.full_mark, 0) as decimal(14, 10))
        end as restored_share
    from evaluations
    left join scorecard_rules on evaluations.scorecard_id = scorecard_rules.scorecard_id
    left join lowest_sections on evaluations.evaluation_id = lowest_sections.evaluation_id
    left join calls
        on
            evaluations.call_id = calls.call_id
            and calls.started_at >= evaluations.evaluated_at - interval 62 day
            and calls.started_at <= evaluations.evaluated_at
)

select
    judged_evaluations.evaluation_id,
    judged_evaluations.call_id,
    judged_evaluations.evaluated_at,
    judged_evaluations.center_id,
    agent_spans.team,
    judged_evaluations.agent_id,
    judged_evaluations.evaluator_id,
    judged_evaluations.queue,
    judged_evaluations.scorecard_id,
    judged_evaluations.kind,
    judged_evaluations.sample_reason,
    cast(floor(share * 100) as integer) as mark,
    cast(judged_evaluations.evaluated_at as date) as evaluated_day,
    cast(judged_evaluations.happened_at as date) as call_day,
    case when is_representative then 1 else 0 end as evaluations,
    case when is_representative and is_passed is not null then 1 else 0 end as judged_evaluations,
    case when is_representative and is_passed then 1 else 0 end as passed_evaluations,
    case when is_representative and share is not null then 1 else 0 end as scored_evaluations,
    case when is_representative and share is not null then share else 0 end as score_share,
    case when is_representative and share is not null then cast(share as double) * cast(share as double) else 0 end
        as score_share_squared,
    case when is_representative and fatal_errors is not null then 1 else 0 end as fatal_checked_evaluations,
    case when is_representative and fatal_errors > 0 then 1 else 0 end as fatal_evaluations,
    case when is_representative and opportunities > 0 and nonfatal_errors is not null then 1 else 0 end as checked_evaluations,
    case when is_representative and opportunities > 0 and nonfatal_errors is not null then opportunities else 0 end as opportunities,
    case when is_representative and opportunities > 0 and nonfatal_errors is not null then nonfatal_errors else 0 end as nonfatal_errors,
    case when is_representative and opportunities > 0 and nonfatal_errors is not null then opportunities * opportunities else 0 end as opportunities_squared,
    case when is_representative and opportunities > 0 and nonfatal_errors is not null then nonfatal_errors * nonfatal_errors else 0 end
        as nonfatal_errors_squared,
    case when is_representative and opportunities > 0 and nonfatal_errors is not null then nonfatal_errors * opportunities else 0 end
        as nonfatal_errors_by_opportunities,
    case when is_representative and fatal_errors + nonfatal_errors is not null then 1 else 0 end as error_checked_evaluations,
    case when is_representative and fatal_errors + nonfatal_errors > 0 then 1 else 0 end as erroneous_evaluations,
    case when is_representative then coalesce(fatal_errors + nonfatal_errors, 0) else 0 end as errors_found,
    case when is_released and not is_representative and share is not null then 1 else 0 end as targeted_scored_evaluations,
    case when is_released and not is_representative and share is not null then share else 0 end as targeted_score_share,
    case when is_released and not is_representative and share is not null then cast(share as double) * cast(share as double) else 0 end
        as targeted_score_share_squared,
    case when is_released then 1 else 0 end as released_evaluations,
    case when is_released and appealed_at is not null then 1 else 0 end as appealed_evaluations,
    case when is_released and appealed_at is not null and appeal_upheld is not null then 1 else 0 end as decided_appeals,
    case when is_released and appealed_at is not null and appeal_upheld then 1 else 0 end as upheld_appeals,
    case when is_released and restored_share is not null then 1 else 0 end as restored_evaluations,
    case when is_released and restored_share is not null then restored_share else 0 end as restored_share,
    case when is_released and restored_share is not null then cast(restored_share as double) * cast(restored_share as double) else 0 end
        as restored_share_squared
from judged_evaluations
left join agent_spans
    on
        judged_evaluations.agent_id = agent_spans.agent_id
        and cast(judged_evaluations.happened_at as date) >= agent_spans.valid_from
        and cast(judged_evaluations.happened_at as date) < agent_spans.valid_until
