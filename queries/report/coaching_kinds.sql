-- Coaching opened in a period, by how it was done, and what became of it by the end of the data.
-- Grain: one row a kind of coaching.
-- Parameters: $date_from, $date_to (half-open); $centers (VARCHAR[], null = all, empty = none).
-- Columns: kind, opened, closed, still_open (not closed yet), overdue (open past their time limit).
select
    coaching.kind,
    count(*) as opened,
    count(case when coaching.closed_at <= known_until() then 1 end) as closed,
    count(case when coaching.closed_at is null or coaching.closed_at > known_until() then 1 end) as still_open,
    count(
        case
            when coaching.due_at <= known_until() and (coaching.closed_at is null or coaching.closed_at > known_until())
                then 1
        end
    ) as overdue
from coaching
where
    coaching.opened_at >= $date_from
    and coaching.opened_at < $date_to
    and ($centers is null or list_contains($centers, coaching.center_id))
group by coaching.kind
order by coaching.kind
