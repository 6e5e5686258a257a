-- The events of a project in the order of their days, those without a day last; "units": those for which the event counts.
SELECT e.*, ARRAY(SELECT u.unit FROM unit_events_at(:known_at) AS u
                  WHERE u.project_id = :project_id AND u.event_id = e.event_id ORDER BY u.unit) AS units
FROM land_events_at(:as_of, :known_at) AS e
WHERE e.project_id = :project_id
ORDER BY coalesce(e.happened_on, e.from_on, e.document_on), e.code, e.event_id
