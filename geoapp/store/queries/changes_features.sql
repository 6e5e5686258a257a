-- What changed as GeoJSON, one feature for each thing; its reason is that of its largest part. A correction is a class
-- of its own, whatever its reason.
, thing AS (
    SELECT part.thing_id, part.park_id, part.code, sum(part.delta) AS delta,
           (array_agg(CASE WHEN part.step = 'correction' THEN 'corrected' ELSE part.reason END
                      ORDER BY abs(part.delta) DESC, part.place))[1] AS reason,
           (array_agg(part.before_state ORDER BY part.step DESC))[1] AS before_state,
           (array_agg(part.after_state ORDER BY part.step))[1] AS after_state,
           (array_agg(part.before_measure ORDER BY part.step DESC))[1] AS before_measure,
           (array_agg(part.after_measure ORDER BY part.step))[1] AS after_measure,
           (array_agg(part.changed_on ORDER BY part.step))[1] AS observed_on,
           (array_agg(part.id ORDER BY part.step))[1] AS version_id
    FROM part GROUP BY part.thing_id, part.park_id, part.code
)
SELECT p.slug || '/' || thing.code AS id, p.slug AS park_slug, thing.code, coalesce(shown.name_vi, thing.code) AS name_vi,
       coalesce(shown.name_en, thing.code) AS name_en, thing.reason, thing.delta::double precision AS delta,
       thing.before_state, thing.after_state, thing.before_measure::double precision AS before_measure,
       thing.after_measure::double precision AS after_measure, thing.observed_on, shown.quality, s.title AS source,
       s.key AS source_key, shown.approximate, shown.geom
FROM thing JOIN parks AS p ON p.id = thing.park_id JOIN version AS shown ON shown.id = thing.version_id
JOIN sources AS s ON s.id = shown.source_id
