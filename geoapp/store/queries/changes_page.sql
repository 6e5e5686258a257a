-- Parts of a difference one by one, after a row that the reader has seen; with the first of them, as text, all parts by
-- park and reason. One statement, because finding the parts is most of the work.
, total AS (
    -- A thing has one row in a step, so it has one part with each reason.
    SELECT part.park_id, part.step, part.reason, count(*) AS rows, count(*) AS things, sum(part.delta) AS delta,
           bool_or(part.quality = 'demo') AS has_demo, bool_or(part.approximate) AS is_approximate
    FROM part GROUP BY part.park_id, part.step, part.reason
), park AS (
    SELECT p.id, p.slug, v.name_vi, v.name_en
    FROM parks AS p LEFT JOIN park_versions AS v
      ON v.park_id = p.id AND v.valid @> CAST(:to_day AS date) AND v.recorded @> CAST(:to_known AS timestamptz)
), first AS MATERIALIZED (
    SELECT part.*, park.slug, park.name_vi AS park_vi, park.name_en AS park_en
    FROM part JOIN park ON park.id = part.park_id
    WHERE (CAST(:reason AS text) IS NULL OR part.reason = :reason) AND (CAST(:step AS text) IS NULL OR part.step = :step)
      AND (CAST(:after_park AS text) IS NULL
           OR (park.slug COLLATE "C", part.code COLLATE "C", part.place) > (:after_park, :after_code, :after_place))
    ORDER BY park.slug COLLATE "C", part.code COLLATE "C", part.place LIMIT CAST(:most AS integer)
), page AS MATERIALIZED (
    SELECT first.*, row_number() OVER (ORDER BY first.slug COLLATE "C", first.code COLLATE "C", first.place) AS position FROM first
)
SELECT page.slug AS park_slug, page.park_vi, page.park_en, page.code, shown.name_vi, shown.name_en, page.step, page.reason,
       page.delta, page.before_state, page.before_measure, page.before_share, page.after_state, page.after_measure,
       page.after_share, page.changed_on, page.recorded_on, page.quality, shown.note, page.approximate, page.place,
       s.title AS source_title, s.address, shown.batch_id, b.title AS batch_title, b.loaded_by, b.loaded_at,
       CASE WHEN page.position IS NULL OR page.position = 1 THEN (
           SELECT json_agg(json_build_object(
               'park_id', total.park_id, 'park_slug', park.slug, 'name_vi', park.name_vi, 'name_en', park.name_en,
               'step', total.step, 'reason', total.reason, 'rows', total.rows, 'things', total.things,
               'delta', total.delta::text, 'has_demo', total.has_demo, 'is_approximate', total.is_approximate)
               ORDER BY park.slug COLLATE "C", total.step DESC, total.reason)::text
           FROM total JOIN park ON park.id = total.park_id) END AS groups
FROM (VALUES (1)) AS always (one) LEFT JOIN page ON true LEFT JOIN version AS shown ON shown.id = page.id
LEFT JOIN sources AS s ON s.id = shown.source_id LEFT JOIN batches AS b ON b.id = shown.batch_id
ORDER BY page.position
