-- Targets as they stood on a day, by their codes.
SELECT t.code AS id, t.name_vi AS title_vi, t.name_en AS title_en, NULL AS place_vi, NULL AS place_en, t.value, t.unit,
       NULL AS codes, NULL AS state, t.valid_from AS valid_on, t.quality, t.source_title AS source,
       NULL::timestamptz AS known_from, NULL::timestamptz AS known_until, NULL AS follower, '/targets' AS path
FROM targets_at(:as_of, :known_at) AS t
WHERE t.code = ANY (CAST(:ids AS text[]))
ORDER BY t.ordinal
