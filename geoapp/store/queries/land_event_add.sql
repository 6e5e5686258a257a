INSERT INTO land_events (
    project_id, portion_id, code, kind, happened_on, from_on, to_on, document_no, document_on, issued_by, evidence, basis,
    progress_form, progress_end_on, progress_quarter, progress_months, ground, extension_no, starts_on, months, ends_on,
    area_ha, paid, decided_by, announced_on, record_on, report_on, regime, amount_vnd, about, withdrawn, recorded, quality,
    source_id, note, person_id)
VALUES (
    :project_id,
    (SELECT n.id FROM land_portions AS n WHERE n.project_id = :project_id AND n.code = :portion),
    :code, :kind, CAST(:happened_on AS date), CAST(:from_on AS date), CAST(:to_on AS date), :document_no,
    CAST(:document_on AS date), :issued_by, :evidence, :basis, :progress_form, CAST(:progress_end_on AS date),
    :progress_quarter, CAST(:progress_months AS integer), :ground, CAST(:extension_no AS integer), CAST(:starts_on AS date),
    CAST(:months AS integer), CAST(:ends_on AS date), CAST(:area_ha AS double precision), CAST(:paid AS boolean),
    :decided_by, CAST(:announced_on AS date), CAST(:record_on AS date), CAST(:report_on AS date), :regime,
    CAST(:amount_vnd AS numeric), :about, :withdrawn, tstzrange(clock_timestamp(), NULL), 'official',
    (SELECT s.id FROM sources AS s WHERE s.key = 'entered-here'), :note, acting_person())
