-- Answers to "resolved first time?", by what the calls say of the same contact, summed by day, center, team, agent, queue.
-- Grain: one row a day of the survey, center, team, agent, queue.
-- Parameters: $month_from, $month_until (half-open).
-- The call is looked up among those of the 31 days before the survey.
-- An answer is compared where its call is a first contact whose window is over; the others are counted by what keeps them apart.
select
    survey_facts.day,
    survey_facts.center_id,
    survey_facts.team,
    survey_facts.agent_id,
    survey_facts.queue,
    cast(sum(resolution_answers) as bigint) as answers,
    cast(sum(coalesce(repeat_contacts, 0)) as bigint) as of_repeat_contacts,
    cast(sum(coalesce(provisional_contacts, 0)) as bigint) as of_provisional_contacts,
    cast(sum(case when resolved_surveys = 1 and resolved_first_contacts = 1 then 1 else 0 end) as bigint) as resolved_by_both,
    cast(sum(case when first_contacts = 1 and resolved_surveys = 1 and resolved_first_contacts = 0 then 1 else 0 end) as bigint) as resolved_by_survey_only,
    cast(sum(case when first_contacts = 1 and resolved_surveys = 0 and resolved_first_contacts = 1 then 1 else 0 end) as bigint) as resolved_by_calls_only,
    cast(sum(case when first_contacts = 1 and resolved_surveys = 0 and resolved_first_contacts = 0 then 1 else 0 end) as bigint) as resolved_by_neither
from survey_facts
left join contact_facts
    on
        survey_facts.call_id = contact_facts.call_id
        and contact_facts.started_at <= survey_facts.sent_at
        and contact_facts.started_at >= survey_facts.sent_at - interval 31 day
where survey_facts.sent_at >= $month_from and survey_facts.sent_at < $month_until and resolution_answers = 1
group by survey_facts.day, survey_facts.center_id, survey_facts.team, survey_facts.agent_id, survey_facts.queue
