-- Cases that were open at the end of a day, by what was known at a moment, with those whose deadline had passed now.
SELECT count(*)::integer AS open, count(*) FILTER (WHERE state = 'proposed')::integer AS proposed
FROM (
    SELECT DISTINCT ON (e.case_id) e.to_state AS state
    FROM case_events AS e JOIN cases AS c ON c.id = e.case_id
    WHERE e.at <= CAST(:known_at AS timestamptz)
      AND (e.at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date <= CAST(:as_of AS date)
    ORDER BY e.case_id, e.number DESC
) AS stood
WHERE state NOT IN ('dismissed', 'closed')
