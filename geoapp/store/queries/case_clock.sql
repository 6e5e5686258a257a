-- What the clock says of the unit of a case on a day.
SELECT * FROM clock_at(:as_of, :known_at) AS c WHERE c.project_id = :project_id AND c.unit = :unit
