SELECT t.id::text AS id, t.geom, 'Đất liền' AS name_vi, 'Land' AS name_en, false AS approximate,
       'published' AS quality, s.title AS source, s.key AS source_key, CAST(NULL AS date) AS observed_on
FROM land AS t
JOIN sources AS s ON s.id = t.source_id
