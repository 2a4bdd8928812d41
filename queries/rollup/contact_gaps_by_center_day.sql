-- Contacts by how far off their neighbours are, summed by day, center, queue and number of days.
-- Grain: one row a day, center, queue and number of days.
select
    day,
    center_id,
    queue,
    days,
    cast(sum(contacts) as bigint) as contacts,
    cast(sum(first_contacts) as bigint) as first_contacts,
    cast(sum(resolved_first_contacts) as bigint) as resolved_first_contacts,
    cast(sum(followed_contacts) as bigint) as followed_contacts,
    cast(sum(watched_contacts) as bigint) as watched_contacts
from contact_gaps_by_agent_day
group by day, center_id, queue, days
