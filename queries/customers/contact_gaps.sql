-- Contacts of a period by how far off their neighbours are.
-- Grain: one row a number of days.
-- Parameters: $date_from, $date_to (half-open); $centers, $queues (VARCHAR[], null = all, empty = none).
-- Columns: those of contact_gaps_by_center_day without day and places.
select
    days,
    cast(sum(contacts) as bigint) as contacts,
    cast(sum(first_contacts) as bigint) as first_contacts,
    cast(sum(resolved_first_contacts) as bigint) as resolved_first_contacts,
    cast(sum(followed_contacts) as bigint) as followed_contacts,
    cast(sum(watched_contacts) as bigint) as watched_contacts
from contact_gaps_by_center_day
where
    day >= $date_from and day < $date_to
    and ($centers is null or list_contains($centers, center_id))
    and ($queues is null or list_contains($queues, queue))
group by days
order by days
