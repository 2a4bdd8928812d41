-- Contacts summed by day, center, team, agent, queue, reason.
-- Grain: one row a day, center, team, agent, queue, reason.
-- Parameters: $month_from, $month_until (half-open).
select
    day,
    center_id,
    team,
    agent_id,
    queue,
    reason,
    cast(sum(contacts) as bigint) as contacts,
    cast(sum(repeat_contacts) as bigint) as repeat_contacts,
    cast(sum(first_contacts) as bigint) as first_contacts,
    cast(sum(resolved_first_contacts) as bigint) as resolved_first_contacts,
    cast(sum(provisional_contacts) as bigint) as provisional_contacts
from contact_facts
where started_at >= $month_from and started_at < $month_until
group by day, center_id, team, agent_id, queue, reason
