-- The lowest section of each of some evaluations, in points of 100, by which a scorecard may judge them.
-- Grain: one row an evaluation with an item of its scorecard that applies.
-- Parameters: $evaluations (VARCHAR[]) and, in the same order, their $scorecards (VARCHAR[]).
-- Columns: evaluation_id, mark (0-100).
-- Whoever asks has seen the evaluations: that is where the scope is checked. The same rule as in facts/evaluations.sql.
with

wanted as (
    select
        unnest($evaluations) as evaluation_id,
        unnest($scorecards) as scorecard_id
),

section_marks as (
    select
        evaluation_items.evaluation_id,
        scorecards.section,
        100 * sum(evaluation_items.points) / nullif(sum(evaluation_items.full_mark), 0) as mark
    from evaluation_items
    inner join wanted on evaluation_items.evaluation_id = wanted.evaluation_id
    inner join scorecards
        on
            wanted.scorecard_id = scorecards.scorecard_id
            and evaluation_items.item_id = scorecards.item_id
    where not coalesce(evaluation_items.not_applicable, false)
    group by evaluation_items.evaluation_id, scorecards.section
)

select
    evaluation_id,
    cast(min(mark) as double) as mark
from section_marks
group by evaluation_id
order by evaluation_id
