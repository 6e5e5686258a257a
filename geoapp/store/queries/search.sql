-- Things whose name fits what is asked, as of a day: at most so many of each kind, the best first. Of a thing with several
-- names the best counts. A plot is found by its code, or by words of its park followed by its code.
WITH named AS (
    SELECT 'zone' AS kind, z.slug AS id, z.slug AS place, z.name_vi, z.name_en, NULL AS about_vi, NULL AS about_en,
           ARRAY[z.name_vi, z.name_en, regexp_replace(z.name_vi, '^Khu kinh tế ', '')] AS names, z.quality, z.geom
    FROM zones_at(:as_of, :known_at) AS z
    UNION ALL
    SELECT 'area', a.zone_slug || '/' || a.code, a.zone_slug, a.name_vi, a.name_en, z.name_vi, z.name_en,
           ARRAY[a.name_vi, a.name_en, a.code], a.quality, a.geom
    FROM zone_areas_at(:as_of, :known_at) AS a JOIN zones_at(:as_of, :known_at) AS z ON z.zone_id = a.zone_id
    UNION ALL
    SELECT 'park', p.slug, p.slug, p.name_vi, p.name_en, p.former_province, p.former_province,
           ARRAY[p.name_vi, p.name_en, regexp_replace(p.name_vi, '^KCN ', '')]
           || ARRAY(SELECT alias FROM park_aliases WHERE park_id = p.park_id), p.quality, p.geom
    FROM parks_at(:as_of, :known_at) AS p
    UNION ALL
    SELECT 'commune', c.code, NULL, c.full_name, c.full_name, c.old_district || ', ' || c.old_province,
           c.old_district || ', ' || c.old_province, ARRAY[c.name, c.full_name, c.formed_from], 'published', c.geom
    FROM communes AS c
    UNION ALL
    SELECT 'project', pr.code, coalesce(park.slug, zone.slug), v.name, v.name, v.investor, v.investor,
           ARRAY[v.name, v.investor], v.quality, NULL
    FROM project_versions AS v JOIN projects AS pr ON pr.id = v.project_id
    LEFT JOIN parks AS park ON park.id = v.park_id LEFT JOIN zones AS zone ON zone.id = v.zone_id
    WHERE v.valid @> CAST(:as_of AS date) AND v.recorded @> CAST(:known_at AS timestamptz)
      AND v.id IN (SELECT id FROM project_versions WHERE fold(name) LIKE '%' || :folded || '%'
                   UNION ALL SELECT id FROM project_versions WHERE fold(investor) LIKE '%' || :folded || '%')
    UNION ALL
    SELECT 'investor', v.investor, NULL, v.investor, v.investor, count(*)::text, count(*)::text, ARRAY[v.investor],
           (ARRAY['official', 'published', 'estimated', 'demo'])[max(quality_rank(v.quality))], NULL
    FROM project_versions AS v
    WHERE v.valid @> CAST(:as_of AS date) AND v.recorded @> CAST(:known_at AS timestamptz)
      AND fold(v.investor) LIKE '%' || :folded || '%'
    GROUP BY v.investor
), coded AS (
    SELECT pl.park_id, pl.id, pl.code FROM plots AS pl WHERE fold(pl.code) LIKE :code || '%'
), plot AS (
    SELECT 'plot' AS kind, p.slug || '/' || c.code AS id, p.slug AS place, c.code AS name_vi, c.code AS name_en,
           p.name_vi AS about_vi, p.name_en AS about_en, v.quality, v.geom,
           CASE WHEN fold(c.code) = :code THEN 0 ELSE 2 END AS rank, c.code AS matched
    FROM coded AS c
    JOIN plot_versions AS v ON v.plot_id = c.id AND v.valid @> CAST(:as_of AS date)
     AND v.recorded @> CAST(:known_at AS timestamptz)
    JOIN parks_at(:as_of, :known_at) AS p ON p.park_id = c.park_id
    WHERE :park_words = '' OR fold(p.name_vi) LIKE '%' || :park_words || '%' OR fold(p.name_en) LIKE '%' || :park_words || '%'
    ORDER BY rank, p.name_vi, c.code LIMIT :most
), hit AS (
    SELECT n.kind, n.id, n.place, n.name_vi, n.name_en, n.about_vi, n.about_en, n.quality, n.geom, best.rank, best.matched
    FROM named AS n CROSS JOIN LATERAL (
        SELECT match_rank(lower(name.told), bare.told, :asked, :bare) AS rank, name.told AS matched
        FROM unnest(n.names) AS name (told) CROSS JOIN LATERAL (SELECT fold(name.told) OFFSET 0) AS bare (told)
        ORDER BY 1 NULLS LAST, length(name.told) LIMIT 1
    ) AS best
    WHERE best.rank IS NOT NULL
    UNION ALL
    SELECT kind, id, place, name_vi, name_en, about_vi, about_en, quality, geom, rank, matched FROM plot
), ranked AS (
    SELECT h.*, row_number() OVER (PARTITION BY kind ORDER BY rank, length(matched), name_vi, id) AS number,
           count(*) OVER (PARTITION BY kind) AS of_all, min(rank) OVER (PARTITION BY kind) AS best_of_kind
    FROM hit AS h
)
SELECT kind, id, place, name_vi, name_en, about_vi, about_en, quality, rank, matched, of_all, ST_XMin(geom) AS west,
       ST_YMin(geom) AS south, ST_XMax(geom) AS east, ST_YMax(geom) AS north
FROM ranked WHERE number <= :most
ORDER BY best_of_kind, array_position(ARRAY['park', 'zone', 'plot', 'project', 'investor', 'area', 'commune'], kind), number
