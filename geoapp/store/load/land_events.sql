CREATE TEMPORARY TABLE incoming ON COMMIT DROP AS
SELECT project.id AS project_id, portion.id AS portion_id, s.code, s.kind, s.happened_on, s.from_on, s.to_on, s.document_no,
       s.document_on, s.issued_by, s.evidence, s.basis, s.progress_form, s.progress_end_on, s.progress_quarter,
       s.progress_months, s.ground, s.extension_no, s.starts_on, s.months, s.ends_on, s.area_ha, s.paid, s.decided_by,
       s.announced_on, s.record_on, s.report_on, s.regime, s.amount_vnd::numeric AS amount_vnd, s.about,
       coalesce(s.withdrawn, false) AS withdrawn, s.quality, src.id AS source_id, s.note
FROM stage_land_events AS s JOIN projects AS project ON project.code = s.project JOIN sources AS src ON src.key = s.source
LEFT JOIN land_portions AS portion ON portion.project_id = project.id AND portion.code = s.portion;
-- A row never speaks over a surer one; what is known already is left alone.
CREATE TEMPORARY TABLE known ON COMMIT DROP AS
SELECT e.id, i.ctid AS incoming_id, quality_rank(e.quality) < quality_rank(i.quality) AS surer,
       to_jsonb(e) - ARRAY['id', 'recorded', 'batch_id', 'person_id'] = to_jsonb(i) AS same
FROM land_events AS e JOIN incoming AS i USING (project_id, code)
WHERE upper_inf(e.recorded);
DELETE FROM incoming USING known WHERE incoming.ctid = known.incoming_id AND (known.same OR known.surer);
UPDATE land_events AS e SET recorded = tstzrange(lower(e.recorded), now())
FROM known WHERE known.id = e.id AND NOT known.same AND NOT known.surer;
WITH stored AS (
    INSERT INTO land_events (
        project_id, portion_id, code, kind, happened_on, from_on, to_on, document_no, document_on, issued_by, evidence, basis,
        progress_form, progress_end_on, progress_quarter, progress_months, ground, extension_no, starts_on, months, ends_on,
        area_ha, paid, decided_by, announced_on, record_on, report_on, regime, amount_vnd, about, withdrawn, quality,
        source_id, note, batch_id)
    SELECT i.*, :batch FROM incoming AS i
    RETURNING 1
), counts AS (
    SELECT (SELECT count(*) FROM stored) AS added, count(*) FILTER (WHERE NOT same AND NOT surer) AS closed,
           count(*) FILTER (WHERE same) AS unchanged, count(*) FILTER (WHERE surer AND NOT same) AS outranked
    FROM known
)
SELECT * FROM counts;
