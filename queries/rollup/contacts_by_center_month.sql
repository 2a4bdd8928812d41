-- Contacts summed by month, center, queue, reason.
-- Grain: one row a month, center, queue, reason; a month is named by its first day.
select
    cast(date_trunc('month', day) as date) as day,
    center_id,
    queue,
    reason,
    cast(sum(contacts) as bigint) as contacts,
    cast(sum(repeat_contacts) as bigint) as repeat_contacts,
    cast(sum(first_contacts) as bigint) as first_contacts,
    cast(sum(resolved_first_contacts) as bigint) as resolved_first_contacts,
    cast(sum(provisional_contacts) as bigint) as provisional_contacts
from contacts_by_center_day
group by cast(date_trunc('month', day) as date), center_id, queue, reason
