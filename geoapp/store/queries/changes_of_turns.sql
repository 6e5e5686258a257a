-- The parts of a difference of plots between two days as known now, and a page of them with the first of which all by park
-- and reason come; the same rows as changes_parts.sql with changes_page.sql give, from the days on which plots became
-- otherwise. A plot that turned more than once counts from before its first turn to after its last one. Sizes are whole
-- square metres.
WITH version AS NOT MATERIALIZED (
    SELECT * FROM ({versions}) AS every
), turn AS (
    SELECT t.plot_id, t.on_day, t.park_id, t.code, t.before_kind, t.before_m2, t.before_trust, t.after_kind, t.after_m2,
           t.after_trust
    FROM plot_turns AS t
    WHERE t.turn = ANY ((SELECT plot_turns_among(:states, :uses))::smallint[]) AND t.on_day > :from_day AND t.on_day <= :to_day
    UNION ALL
    -- Another size or trust of what is counted before and after, or of what is not.
    SELECT t.plot_id, t.on_day, t.park_id, t.code, t.before_kind, t.before_m2, t.before_trust, t.after_kind, t.after_m2,
           t.after_trust
    FROM plot_turns AS t
    WHERE t.is_other AND t.on_day > :from_day AND t.on_day <= :to_day
      AND (SELECT plot_kinds(:states, :uses)) >> t.before_kind & 1 = (SELECT plot_kinds(:states, :uses)) >> t.after_kind & 1
), net AS (
    SELECT turn.plot_id, turn.park_id, turn.code, first_value(turn.before_kind) OVER mine AS before_kind,
           first_value(turn.before_m2) OVER mine AS before_m2, turn.after_kind, turn.after_m2,
           -- That of the end, or where nothing holds any longer, that of the beginning.
           CASE WHEN turn.after_kind < 0 THEN first_value(turn.before_trust) OVER mine ELSE turn.after_trust END AS trust,
           lead(turn.plot_id) OVER mine IS NULL AS is_last
    FROM turn
    WHERE CAST(:parks AS integer[]) IS NULL OR turn.park_id = ANY (CAST(:parks AS integer[]))
    WINDOW mine AS (PARTITION BY turn.plot_id ORDER BY turn.on_day)
), shared AS (
    SELECT net.plot_id, net.park_id, net.code, net.trust, net.before_kind, net.after_kind,
           CASE WHEN net.before_kind >= 0 AND (SELECT plot_kinds(:states, :uses)) >> net.before_kind & 1 = 1
                THEN net.before_m2 END AS counted_before,
           CASE WHEN net.after_kind >= 0 AND (SELECT plot_kinds(:states, :uses)) >> net.after_kind & 1 = 1
                THEN net.after_m2 END AS counted_after
    FROM net WHERE net.is_last OFFSET 0
), part AS MATERIALIZED (
    -- A plot that is counted before and after can only have another size.
    SELECT shared.plot_id, shared.park_id, shared.code, shared.trust,
           CASE WHEN counted_before IS NOT NULL AND counted_after IS NOT NULL THEN 'remeasured'
                WHEN before_kind < 0 THEN 'added' WHEN after_kind < 0 THEN 'removed'
                WHEN counted_before IS NULL THEN 'entered' ELSE 'left' END AS reason,
           coalesce(counted_after, 0) - coalesce(counted_before, 0) AS delta
    FROM shared WHERE coalesce(counted_after, 0) <> coalesce(counted_before, 0)
), total AS (
    SELECT part.park_id, part.reason, count(*) AS rows, sum(part.delta) * 0.0001 AS delta,
           bool_or(part.trust >> 1 = quality_rank('demo')) AS has_demo, bool_or(part.trust & 1 = 1) AS is_approximate
    FROM part GROUP BY part.park_id, part.reason
), park AS (
    SELECT p.id, p.slug, v.name_vi, v.name_en
    FROM parks AS p LEFT JOIN park_versions AS v
      ON v.park_id = p.id AND v.valid @> CAST(:to_day AS date) AND v.recorded @> CAST(:to_known AS timestamptz)
), first AS MATERIALIZED (
    SELECT part.*, CASE part.reason WHEN 'remeasured' THEN 11 ELSE 10 END AS place, park.slug, park.name_vi AS park_vi,
           park.name_en AS park_en
    FROM part JOIN park ON park.id = part.park_id
    WHERE (CAST(:reason AS text) IS NULL OR part.reason = :reason) AND coalesce(CAST(:step AS text), 'change') = 'change'
      AND (CAST(:after_park AS text) IS NULL
           OR (park.slug COLLATE "C", part.code COLLATE "C", CASE part.reason WHEN 'remeasured' THEN 11 ELSE 10 END)
              > (:after_park, :after_code, :after_place))
    ORDER BY park.slug COLLATE "C", part.code COLLATE "C" LIMIT CAST(:most AS integer)
), page AS MATERIALIZED (
    SELECT first.*, row_number() OVER (ORDER BY first.slug COLLATE "C", first.code COLLATE "C", first.place) AS position FROM first
)
SELECT page.slug AS park_slug, page.park_vi, page.park_en, page.code, shown.name_vi, shown.name_en, 'change' AS step,
       page.reason, page.delta * 0.0001 AS delta, b.state AS before_state, round(b.size::numeric, 4) AS before_measure,
       b.share::numeric AS before_share, a.state AS after_state, round(a.size::numeric, 4) AS after_measure,
       a.share::numeric AS after_share, coalesce(lower(a.valid), upper(b.valid)) AS changed_on,
       lower(shown.recorded) AS recorded_on, shown.quality, shown.note, shown.approximate, page.place,
       s.title AS source_title, s.address, shown.batch_id, bundle.title AS batch_title, bundle.loaded_by, bundle.loaded_at,
       CASE WHEN page.position IS NULL OR page.position = 1 THEN (
           SELECT json_agg(json_build_object(
               'park_id', total.park_id, 'park_slug', park.slug, 'name_vi', park.name_vi, 'name_en', park.name_en,
               'step', 'change', 'reason', total.reason, 'rows', total.rows, 'things', total.rows,
               'delta', total.delta::text, 'has_demo', total.has_demo, 'is_approximate', total.is_approximate)
               ORDER BY park.slug COLLATE "C", total.reason)::text
           FROM total JOIN park ON park.id = total.park_id) END AS groups
FROM (VALUES (1)) AS always (one) LEFT JOIN page ON true
LEFT JOIN version AS b ON b.thing_id = page.plot_id AND b.valid @> CAST(:from_day AS date)
                      AND b.recorded @> CAST(:to_known AS timestamptz)
LEFT JOIN version AS a ON a.thing_id = page.plot_id AND a.valid @> CAST(:to_day AS date)
                      AND a.recorded @> CAST(:to_known AS timestamptz)
LEFT JOIN version AS shown ON shown.id = coalesce(a.id, b.id)
LEFT JOIN sources AS s ON s.id = shown.source_id LEFT JOIN batches AS bundle ON bundle.id = shown.batch_id
ORDER BY page.position
