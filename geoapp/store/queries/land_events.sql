-- The events of a project in the order of their days; those without a day come last.
SELECT e.*
FROM land_events_at(:as_of, :known_at) AS e
WHERE e.project_id = :project_id
ORDER BY coalesce(e.happened_on, e.from_on, e.document_on), e.code, e.event_id
