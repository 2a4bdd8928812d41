-- The contacts of one customer for one reason, in order, with what the customer said of each.
-- Grain: one row a contact.
-- Parameters: $customer_id, $reason (null = none recorded); $date_from, $date_to (half-open); $centers (VARCHAR[], null = all, empty = none);
-- $row_limit.
-- Columns: the call, whole seconds since the contact before, score, scale_max, resolved_first_time and comment of its survey,
-- complaint (its category, "" where it has none).
with

contacts_in_order as (
    select
        *,
        date_diff('second', lag(started_at) over (order by started_at, call_id), started_at) as gap_s
    from calls
    where
        direction = 'inbound' and answered
        and customer_id = $customer_id and reason is not distinct from $reason
        and started_at >= $date_from and started_at < $date_to
),

survey_of_call as (
    select
        call_id,
        max_by(score, sent_at) as score,
        max_by(scale_max, sent_at) as scale_max,
        max_by(resolved_first_time, sent_at) as resolved_first_time,
        max_by(comment, sent_at) as comment
    from surveys
    where call_id in (select call_id from contacts_in_order)
    group by call_id
),

complaint_of_call as (
    select
        call_id,
        max(coalesce(category, '')) as complaint
    from complaints
    where call_id in (select call_id from contacts_in_order)
    group by call_id
)

select
    contacts_in_order.call_id,
    contacts_in_order.started_at,
    contacts_in_order.gap_s,
    contacts_in_order.center_id,
    contacts_in_order.agent_id,
    contacts_in_order.queue,
    contacts_in_order.wait_s,
    contacts_in_order.talk_s,
    contacts_in_order.transferred,
    survey_of_call.score,
    survey_of_call.scale_max,
    survey_of_call.resolved_first_time,
    survey_of_call.comment,
    complaint_of_call.complaint
from contacts_in_order
left join survey_of_call on contacts_in_order.call_id = survey_of_call.call_id
left join complaint_of_call on contacts_in_order.call_id = complaint_of_call.call_id
where $centers is null or list_contains($centers, contacts_in_order.center_id)
order by contacts_in_order.started_at, contacts_in_order.call_id
limit $row_limit
