-- The next state of a figure that is in work; the value stays that of the row before.
INSERT INTO target_figures (indicator, park_id, month, kind, value, numerator, denominator, state, reason, quality, entered_by,
                            supersedes_id)
SELECT f.indicator, f.park_id, f.month, f.kind, f.value, f.numerator, f.denominator, :state, CAST(:reason AS text), f.quality,
       acting_person(), f.id
FROM target_figures AS f WHERE f.id = :id AND upper_inf(f.recorded)
RETURNING id
