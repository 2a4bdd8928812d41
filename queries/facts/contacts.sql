-- Contacts of known customers with their measures.
-- Grain: one row a contact.
-- Definitions: resolution_window_days().
-- A first contact is provisional, and left out, until its whole window lies inside the center's data.
with

judged_contacts as (
    select
        *,
        coalesce(previous_days < resolution_window_days(), false) as is_repeat,
        coalesce(next_days < resolution_window_days(), false) as is_followed,
        known_days < resolution_window_days() as is_provisional
    from contact_gap_facts
)

select
    call_id,
    started_at,
    center_id,
    team,
    agent_id,
    queue,
    reason,
    day,
    1 as contacts,
    case when is_repeat then 1 else 0 end as repeat_contacts,
    case when not is_repeat and not is_provisional then 1 else 0 end as first_contacts,
    case when not is_repeat and not is_provisional and not is_followed and not is_transferred then 1 else 0 end
        as resolved_first_contacts,
    case when not is_repeat and is_provisional then 1 else 0 end as provisional_contacts
from judged_contacts
