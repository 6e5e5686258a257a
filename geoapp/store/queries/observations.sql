-- Everything that sources say about some indicators of one subject, newest first, undated last.
SELECT i.code, i.name_vi, i.name_en, i.unit, o.value, o.numerator, o.denominator, m.name_vi AS method_vi,
       m.name_en AS method_en, o.valid_on, o.date_precision, o.quality, s.title AS source_title, s.publisher,
       s.published, s.address, o.other_sources, o.note
FROM observations AS o
JOIN indicators AS i ON i.code = o.indicator
JOIN sources AS s ON s.id = o.source_id
LEFT JOIN methods AS m ON m.indicator = o.indicator AND m.code = o.method
WHERE o.subject_kind = :subject_kind AND o.subject_id = :subject_id AND o.indicator = ANY (:indicators)
  AND (o.valid_on IS NULL OR o.valid_on <= :as_of) AND o.recorded @> CAST(:known_at AS timestamptz)
  AND NOT (:without_demo AND o.quality = 'demo')
ORDER BY array_position(CAST(:indicators AS text[]), o.indicator), o.valid_on DESC NULLS LAST, quality_rank(o.quality), s.key
