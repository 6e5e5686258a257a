-- The latest figure of each of some indicators for one subject.
SELECT i.code, i.name_vi, i.name_en, i.definition_vi, i.definition_en, i.unit, i.stale_after_months, f.observation_id, f.value,
       f.numerator, f.denominator, f.method, m.name_vi AS method_vi, m.name_en AS method_en, f.valid_on,
       f.date_precision, f.quality, f.source_title, f.note, f.is_stale, f.other_values
FROM unnest(CAST(:indicators AS text[])) WITH ORDINALITY AS asked (code, position)
JOIN indicators AS i ON i.code = asked.code
LEFT JOIN LATERAL (
    SELECT * FROM figures_at(asked.code, :as_of, :known_at) AS one
    WHERE one.subject_kind = :subject_kind AND one.subject_id = :subject_id
) AS f ON true
LEFT JOIN methods AS m ON m.indicator = asked.code AND m.code = f.method
ORDER BY asked.position
