-- Contacts of known customers: answered inbound calls, each with the one before and after it for the same reason.
-- Grain: one row a contact.
-- Definitions: resolution_window_days(). A contact at the same instant as another counts as the later one by call_id.
-- A first contact is provisional, and left out, until its whole window lies inside the center's data (call_horizons).
with

contacts_in_order as (
    select
        call_id,
        center_id,
        agent_id,
        queue,
        reason,
        started_at,
        coalesce(transferred, false) as is_transferred,
        lag(started_at) over (partition by customer_id, reason order by started_at, call_id) as previous_at,
        lead(started_at) over (partition by customer_id, reason order by started_at, call_id) as next_at
    from calls
    where direction = 'inbound' and answered and customer_id is not null
),

judged_contacts as (
    select
        contacts_in_order.*,
        agent_spans.team,
        coalesce(previous_at > started_at - to_days(resolution_window_days()), false) as is_repeat,
        coalesce(next_at < started_at + to_days(resolution_window_days()), false) as is_followed,
        started_at + to_days(resolution_window_days()) > call_horizons.known_until as is_provisional
    from contacts_in_order
    inner join call_horizons on contacts_in_order.center_id = call_horizons.center_id
    left join agent_spans
        on
            contacts_in_order.agent_id = agent_spans.agent_id
            and cast(contacts_in_order.started_at as date) >= agent_spans.valid_from
            and cast(contacts_in_order.started_at as date) < agent_spans.valid_until
)

select
    call_id,
    started_at,
    center_id,
    team,
    agent_id,
    queue,
    reason,
    cast(started_at as date) as day,
    1 as contacts,
    case when is_repeat then 1 else 0 end as repeat_contacts,
    case when not is_repeat and not is_provisional then 1 else 0 end as first_contacts,
    case when not is_repeat and not is_provisional and not is_followed and not is_transferred then 1 else 0 end
        as resolved_first_contacts,
    case when not is_repeat and is_provisional then 1 else 0 end as provisional_contacts
from judged_contacts
