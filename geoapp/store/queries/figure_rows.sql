-- All that was ever entered of one figure by some moment, newest day first; known_until is set where it no longer stood then.
SELECT o.id, o.value, o.numerator, o.denominator, o.method, m.name_vi AS method_vi, m.name_en AS method_en, o.valid_on,
       o.date_precision, o.quality::text AS quality, o.note, o.other_sources, o.supersedes_id, lower(o.recorded) AS known_from,
       CASE WHEN upper(o.recorded) <= CAST(:known_at AS timestamptz) THEN upper(o.recorded) END AS known_until,
       s.key AS source_key, s.title AS source_title, s.publisher, s.published, s.address, s.licence,
       b.id AS batch_id, b.title AS batch_title, b.dataset, b.loaded_by, b.loaded_at, b.files, b.source_crs
FROM observations AS o
JOIN sources AS s ON s.id = o.source_id
JOIN batches AS b ON b.id = o.batch_id
LEFT JOIN methods AS m ON m.indicator = o.indicator AND m.code = o.method
WHERE o.indicator = :indicator AND o.subject_kind = :subject_kind AND o.subject_id = :subject_id
  AND (o.valid_on IS NULL OR o.valid_on <= :as_of) AND lower(o.recorded) <= CAST(:known_at AS timestamptz)
ORDER BY o.valid_on DESC NULLS LAST, quality_rank(o.quality), o.id
