-- What the customer of one call answered.
-- Grain: one row a survey.
-- Parameters: $call_id; $date_from, $date_to (half-open, when it can have been sent); $centers (VARCHAR[], null = all, empty = none).
select
    surveys.survey_id,
    surveys.sent_at,
    surveys.answered_at,
    surveys.channel,
    surveys.score,
    surveys.scale_max,
    surveys.resolved_first_time,
    surveys.reason,
    surveys.comment
from surveys
where
    surveys.call_id = $call_id
    and surveys.sent_at >= $date_from and surveys.sent_at < $date_to
    and ($centers is null or list_contains($centers, surveys.center_id))
order by surveys.sent_at, surveys.survey_id
