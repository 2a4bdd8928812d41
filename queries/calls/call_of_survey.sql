-- The call that one survey is about.
-- Grain: one row a survey, at most one.
-- Parameters: $record_id; $at (when it was sent); $centers (VARCHAR[], null = all, empty = none).
select surveys.call_id
from surveys
where
    surveys.survey_id = $record_id and surveys.sent_at = $at
    and ($centers is null or list_contains($centers, surveys.center_id))
