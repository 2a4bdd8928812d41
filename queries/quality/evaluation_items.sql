-- The items of one evaluation.
-- Grain: one row an item.
-- Parameters: $evaluation_id.
-- Whoever asks has seen the evaluation: that is where the scope is checked.
select
    evaluation_items.item_id,
    evaluation_items.points,
    evaluation_items.full_mark,
    evaluation_items.errors,
    evaluation_items.fatal,
    evaluation_items.not_applicable,
    evaluation_items.comment
from evaluation_items
where evaluation_items.evaluation_id = $evaluation_id
order by evaluation_items.item_id
