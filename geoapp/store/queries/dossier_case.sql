-- A case as it was opened, with the names of what it is about as of a day, as known at a moment.
SELECT c.id, c.kind, c.park_id, c.project_id, c.unit, c.rule, c.clock_state, c.as_of AS opened_as_of, c.rules_on, c.since,
       c.area_ha, c.finding, j.code::text AS project, v.name AS project_name, v.investor, v.quality AS project_quality,
       p.name_vi AS park_vi, p.name_en AS park_en, p.former_province, p.location_vi, p.approximate AS park_approximate,
       ST_AsBinary(p.outline) AS park_outline, ST_AsBinary(c.geom) AS drawn, w.law AS law_en, w.law_vi,
       lower(w.valid) AS law_from, w.mark::text AS law_mark
FROM cases AS c
LEFT JOIN projects AS j ON j.id = c.project_id
LEFT JOIN projects_at(:as_of, :known_at) AS v ON v.project_id = c.project_id
LEFT JOIN parks_at(:as_of, :known_at) AS p ON p.park_id = c.park_id
LEFT JOIN clock_laws AS w ON w.rule = c.rule AND w.valid @> coalesce(c.since, c.rules_on)
WHERE c.id = :case_id
