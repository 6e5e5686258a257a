CREATE TEMPORARY TABLE incoming ON COMMIT DROP AS
SELECT s.indicator, p.id AS park_id, s.month, s.kind, s.value, s.numerator, s.denominator, s.state,
       coalesce(s.department, reporting_department(s.indicator)) AS department, s.note AS remark, s.quality,
       src.id AS source_id
FROM stage_department_figures AS s JOIN sources AS src ON src.key = s.source LEFT JOIN parks AS p ON p.slug = s.park;
CREATE TEMPORARY TABLE known ON COMMIT DROP AS
SELECT f.id, i.ctid AS incoming_id, f.batch_id IS NULL AS by_person,
       (f.value, f.numerator, f.denominator, f.state, f.department, f.remark, f.quality, f.source_id)
       IS NOT DISTINCT FROM (i.value, i.numerator, i.denominator, i.state, i.department, i.remark, i.quality::quality, i.source_id)
       AS same
FROM target_figures AS f
JOIN incoming AS i ON i.indicator = f.indicator AND i.month = f.month AND i.kind = f.kind
 AND i.park_id IS NOT DISTINCT FROM f.park_id AND (i.state = 'approved') = f.is_approved
WHERE upper_inf(f.recorded);
UPDATE target_figures AS f SET recorded = tstzrange(lower(f.recorded), now())
FROM known WHERE known.id = f.id AND NOT known.same AND NOT known.by_person;
WITH stored AS (
    INSERT INTO target_figures (indicator, park_id, month, kind, value, numerator, denominator, state, department, remark,
                                quality, source_id, batch_id, supersedes_id)
    SELECT i.indicator, i.park_id, i.month, i.kind, i.value, i.numerator, i.denominator, i.state, i.department, i.remark,
           i.quality, i.source_id, :batch, known.id
    FROM incoming AS i LEFT JOIN known ON known.incoming_id = i.ctid
    WHERE known.same IS NOT TRUE AND known.by_person IS NOT TRUE
    RETURNING 1
)
SELECT (SELECT count(*) FROM stored) AS added, count(*) FILTER (WHERE NOT same AND NOT by_person) AS closed,
       count(*) FILTER (WHERE same) AS unchanged, count(*) FILTER (WHERE NOT same AND by_person) AS outranked
FROM known;
