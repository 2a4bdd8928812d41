-- Surveys with the hour at which the customer was asked and why the customer had called, where the survey's call is known.
-- Grain: one row a survey sent.
-- hour is "00" to "23"; call_reason is that of the call, looked up among the calls of the 31 days before.
select
    survey_facts.survey_id,
    survey_facts.call_id,
    survey_facts.sent_at,
    survey_facts.center_id,
    survey_facts.team,
    survey_facts.agent_id,
    survey_facts.queue,
    survey_facts.reason,
    survey_facts.day,
    strftime(survey_facts.sent_at, '%H') as hour,
    calls.reason as call_reason,
    survey_facts.surveys,
    survey_facts.answered_surveys,
    survey_facts.rated_surveys,
    survey_facts.satisfied_surveys,
    survey_facts.scored_surveys,
    survey_facts.satisfaction_share,
    survey_facts.satisfaction_share_squared,
    survey_facts.resolution_answers,
    survey_facts.resolved_surveys
from survey_facts
left join calls
    on
        survey_facts.call_id = calls.call_id
        and calls.started_at <= survey_facts.sent_at
        and calls.started_at >= survey_facts.sent_at - interval 31 day
