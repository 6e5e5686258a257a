-- Answers of the legal clock for units that are stored nowhere, in the form of the reference.
-- Args: units - texts of JSON, each with the fields of a unit; names - what each is called.
SELECT c.area_in_violation_ha, c.rule IN ('R6', 'R8', 'R9') AS violates,
       json_build_object(
           'unit', (CAST(:names AS text[]))[c.place], 'rule', c.rule, 'state', c.state, 'also', to_json(c.also),
           'missing', to_json(c.missing),
           'dates', json_build_object(
               'progress_end', c.progress_end, 'd12', c.d12, 'd12_shifted', c.d12_shifted, 'd12_fm', c.d12_fm,
               'd12_fm_shifted', c.d12_fm_shifted, 'd24', c.d24, 'd24_shifted', c.d24_shifted, 'd24_fm', c.d24_fm,
               'd24_fm_shifted', c.d24_fm_shifted, 'month13', c.month13, 'month25', c.month25,
               'extension_end', c.extension_end, 'effective_end', c.effective_end, 'termination_end', c.termination_end),
           'days_left', c.days_left, 'violations', c.violations, 'past_unused', c.past_unused,
           'warnings', to_json(c.warnings), 'area_in_violation_ha', c.area_in_violation_ha)::text AS answer
FROM clock_of(CAST(:units AS jsonb[]), :as_of) AS c
ORDER BY c.place
