-- What every source says last about some indicators of one subject; where sources differ, each has its row.
SELECT DISTINCT ON (array_position(CAST(:indicators AS text[]), o.indicator), s.key, o.valid_on IS NULL, o.note)
       i.code, i.name_vi, i.name_en, i.unit, o.value, o.valid_on, o.date_precision, o.quality, s.title AS source_title,
       s.publisher, s.published, s.address, o.other_sources, o.note
FROM observations AS o
JOIN indicators AS i ON i.code = o.indicator
JOIN sources AS s ON s.id = o.source_id
WHERE o.subject_kind = :subject_kind AND o.subject_id = :subject_id AND o.indicator = ANY (:indicators)
  AND (o.valid_on IS NULL OR o.valid_on <= :as_of) AND o.recorded @> CAST(:known_at AS timestamptz)
ORDER BY array_position(CAST(:indicators AS text[]), o.indicator), s.key, o.valid_on IS NULL, o.note, o.valid_on DESC
