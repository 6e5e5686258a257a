-- A draft of a figure; the trigger of the table looks at right, month and what it follows.
INSERT INTO target_figures (indicator, park_id, month, kind, value, numerator, denominator, state, remark, quality, entered_by,
                            supersedes_id)
VALUES (:indicator, (SELECT id FROM parks WHERE slug = :park), :month, :kind, :value, :numerator, :denominator, 'draft',
        nullif(:remark, ''), 'official', acting_person(), :seen)
