-- Where nothing fits: parks, zones and communes whose names are spelt alike.
WITH named AS (
    SELECT 'park' AS kind, p.slug AS id, p.slug AS place, p.name_vi, p.name_en, p.former_province AS about_vi,
           p.former_province AS about_en, regexp_replace(p.name_vi, '^KCN ', '') AS matched, p.quality, p.geom
    FROM parks_at(:as_of, :known_at) AS p
    UNION ALL
    SELECT 'zone', z.slug, z.slug, z.name_vi, z.name_en, NULL, NULL, regexp_replace(z.name_vi, '^Khu kinh tế ', ''), z.quality,
           z.geom
    FROM zones_at(:as_of, :known_at) AS z
    UNION ALL
    SELECT 'commune', c.code, NULL, c.full_name, c.full_name, c.old_district || ', ' || c.old_province,
           c.old_district || ', ' || c.old_province, c.name, 'published', c.geom
    FROM communes AS c
), alike AS (
    SELECT n.*, similarity(fold(n.matched), :folded) AS likeness FROM named AS n
)
SELECT kind, id, place, name_vi, name_en, about_vi, about_en, quality, 8 AS rank, matched, 1 AS of_all,
       ST_XMin(geom) AS west, ST_YMin(geom) AS south, ST_XMax(geom) AS east, ST_YMax(geom) AS north
FROM alike WHERE likeness > 0.35 ORDER BY likeness DESC, name_vi LIMIT 5
