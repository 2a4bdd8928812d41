-- Contacts summed by day, center, queue, reason.
-- Grain: one row a day, center, queue, reason.
select
    day,
    center_id,
    queue,
    reason,
    cast(sum(contacts) as bigint) as contacts,
    cast(sum(repeat_contacts) as bigint) as repeat_contacts,
    cast(sum(first_contacts) as bigint) as first_contacts,
    cast(sum(resolved_first_contacts) as bigint) as resolved_first_contacts,
    cast(sum(provisional_contacts) as bigint) as provisional_contacts
from contacts_by_agent_day
group by day, center_id, queue, reason
