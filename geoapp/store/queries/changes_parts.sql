-- The difference of a figure between (from_day, from_known) and (to_day, to_known), part by part; docs/changes.md has the
-- formula. {versions} is one of the files changes_of_*.sql, {things} the table of the things themselves. Only versions with a bound between the moments are read: one
-- that is seen at both ends of a step is the same row there, and cannot differ.
WITH version AS NOT MATERIALIZED (
    SELECT * FROM ({versions}) AS every
    WHERE CAST(:parks AS integer[]) IS NULL
       OR thing_id IN (SELECT id FROM {things} WHERE park_id = ANY (CAST(:parks AS integer[])))
), corrected_from AS (
    SELECT * FROM version
    WHERE upper(recorded) > :from_known AND upper(recorded) <= :to_known
      AND recorded @> CAST(:from_known AS timestamptz) AND NOT recorded @> CAST(:to_known AS timestamptz)
      AND valid @> CAST(:from_day AS date)
), corrected_to AS (
    SELECT * FROM version
    WHERE lower(recorded) > :from_known AND lower(recorded) <= :to_known
      AND recorded @> CAST(:to_known AS timestamptz) AND valid @> CAST(:from_day AS date)
), changed_from AS (
    SELECT * FROM version
    WHERE upper(valid) > :from_day AND upper(valid) <= :to_day
      AND valid @> CAST(:from_day AS date) AND recorded @> CAST(:to_known AS timestamptz)
), changed_to AS (
    SELECT * FROM version
    WHERE lower(valid) > :from_day AND lower(valid) <= :to_day
      AND valid @> CAST(:to_day AS date) AND recorded @> CAST(:to_known AS timestamptz)
), step AS MATERIALIZED (
    -- Most of what changed does not touch the figure: it goes before anything is reckoned.
    SELECT 'correction' AS step, {sides}, coalesce(lower(a.recorded), upper(b.recorded)) AS recorded_on,
           coalesce(lower(a.valid), upper(b.valid)) AS changed_on
    FROM corrected_from AS b FULL JOIN corrected_to AS a ON a.thing_id = b.thing_id
    WHERE {touched}
    UNION ALL
    SELECT 'change', {sides}, lower(coalesce(a.recorded, b.recorded)), coalesce(lower(a.valid), upper(b.valid))
    FROM changed_from AS b FULL JOIN changed_to AS a ON a.thing_id = b.thing_id
    WHERE {touched}
), counted AS MATERIALIZED (
    SELECT step.*, before_measure IS NOT NULL AND before_share IS NOT NULL AS was_known,
           after_measure IS NOT NULL AND after_share IS NOT NULL AS is_known,
           coalesce(round(before_measure * before_share, :decimals), 0) AS counted_before,
           coalesce(round(after_measure * after_share, :decimals), 0) AS counted_after
    FROM step
), resized AS MATERIALIZED (
    -- What is due to another measure alone: the share that counted before and after, times the difference.
    SELECT counted.*,
           CASE WHEN NOT (was_known AND is_known) THEN 0
                WHEN before_share = after_share THEN counted_after - counted_before
                ELSE round(least(before_share, after_share) * (after_measure - before_measure), :decimals) END AS resized
    FROM counted
), part AS MATERIALIZED (
    SELECT resized.*, thing.park_id, thing.code, one.reason, one.delta,
           (step = 'change')::integer * 10 + (one.reason = 'remeasured')::integer AS place
    FROM resized CROSS JOIN LATERAL (VALUES
        (CASE WHEN NOT was_known THEN 'added' WHEN NOT is_known THEN 'removed'
              WHEN after_share > before_share THEN 'entered' ELSE 'left' END,
         counted_after - counted_before - resized),
        ('remeasured', resized)) AS one (reason, delta)
    JOIN {things} AS thing ON thing.id = resized.thing_id
    WHERE one.delta <> 0
)
{question}
