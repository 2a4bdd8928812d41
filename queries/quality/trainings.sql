-- Trainings and who took part.
-- Grain: one row a training.
-- Parameters: $date_from, $date_to (half-open); $centers (VARCHAR[], null = all, empty = none).
-- Columns: training_id, center_id, topic, held_on, agents (VARCHAR[]).
select
    training_id,
    center_id,
    topic,
    held_on,
    list(distinct agent_id order by agent_id) as agents
from trainings
where
    held_on >= $date_from
    and held_on < $date_to
    and ($centers is null or list_contains($centers, center_id))
group by training_id, center_id, topic, held_on
order by held_on, training_id
