-- The scores that come with comments.
-- Grain: one row a score and the top of its scale.
-- Parameters: $date_from, $date_to (half-open); $centers (VARCHAR[], null = all, empty = none).
select
    score,
    scale_max,
    count(*) as comments
from surveys
where
    comment is not null and comment <> '' and score is not null
    and sent_at >= $date_from and sent_at < $date_to
    and ($centers is null or list_contains($centers, center_id))
group by score, scale_max
order by scale_max, score
limit 60
