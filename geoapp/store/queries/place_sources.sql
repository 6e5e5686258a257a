-- Every source of what the page of a park or a zone tells, and what it gave: figures by name, and rows of things by number;
-- as sure as the least sure of them.
WITH gave AS (
    SELECT o.source_id, 'figure' AS kind, o.indicator AS what, count(*) AS times, min(o.valid_on) AS first, max(o.valid_on) AS last,
           (array_agg(o.value ORDER BY o.valid_on DESC NULLS LAST, o.id DESC))[1] AS value, max(quality_rank(o.quality)) AS rank,
           o.subject_kind AS subject_kind
    FROM observations AS o
    WHERE ((o.subject_kind = :subject_kind AND o.subject_id = :subject_id)
           OR (o.subject_kind = 'plant' AND o.subject_id IN (SELECT w.id FROM wastewater_plants AS w WHERE w.park_id = ANY (:parks))))
      AND (o.valid_on IS NULL OR o.valid_on <= :as_of) AND o.recorded @> CAST(:known_at AS timestamptz)
    GROUP BY o.source_id, o.indicator, o.subject_kind
    UNION ALL
    SELECT v.source_id, 'zone', NULL, 1, lower(v.valid), NULL, NULL, quality_rank(v.quality), NULL FROM zone_versions AS v
    WHERE :subject_kind = 'zone' AND v.zone_id = :subject_id AND v.valid @> CAST(:as_of AS date) AND v.recorded @> CAST(:known_at AS timestamptz)
    UNION ALL
    SELECT v.source_id, 'area', NULL, count(*), min(lower(v.valid)), max(lower(v.valid)), NULL, max(quality_rank(v.quality)), NULL
    FROM zone_area_versions AS v JOIN zone_areas AS a ON a.id = v.zone_area_id
    WHERE :subject_kind = 'zone' AND a.zone_id = :subject_id AND v.valid @> CAST(:as_of AS date) AND v.recorded @> CAST(:known_at AS timestamptz)
    GROUP BY v.source_id
    UNION ALL
    SELECT v.source_id, 'park', NULL, count(*), min(lower(v.valid)), max(lower(v.valid)), NULL, max(quality_rank(v.quality)), NULL FROM park_versions AS v
    WHERE v.park_id = ANY (:parks) AND v.valid @> CAST(:as_of AS date) AND v.recorded @> CAST(:known_at AS timestamptz)
    GROUP BY v.source_id
    UNION ALL
    SELECT v.source_id, 'outline', NULL, count(*), min(lower(v.valid)), max(lower(v.valid)), NULL, max(quality_rank(v.quality)), NULL
    FROM park_outline_versions AS v
    WHERE v.park_id = ANY (:parks) AND v.valid @> CAST(:as_of AS date) AND v.recorded @> CAST(:known_at AS timestamptz)
    GROUP BY v.source_id
    UNION ALL
    SELECT v.source_id, 'plot', NULL, count(*), min(lower(v.valid)), max(lower(v.valid)), NULL, max(quality_rank(v.quality)), NULL
    FROM plot_versions AS v JOIN plots AS t ON t.id = v.plot_id
    WHERE t.park_id = ANY (:parks) AND v.valid @> CAST(:as_of AS date) AND v.recorded @> CAST(:known_at AS timestamptz)
    GROUP BY v.source_id
    UNION ALL
    SELECT v.source_id, 'project', NULL, count(*), min(lower(v.valid)), max(lower(v.valid)), NULL, max(quality_rank(v.quality)), NULL
    FROM project_versions AS v
    WHERE (v.park_id = ANY (:parks) OR (:subject_kind = 'zone' AND v.zone_id = :subject_id))
      AND v.valid @> CAST(:as_of AS date) AND v.recorded @> CAST(:known_at AS timestamptz)
    GROUP BY v.source_id
    UNION ALL
    SELECT v.source_id, 'item', NULL, count(*), min(lower(v.valid)), max(lower(v.valid)), NULL, max(quality_rank(v.quality)), NULL
    FROM infrastructure_item_versions AS v JOIN infrastructure_items AS i ON i.id = v.infrastructure_item_id
    WHERE i.park_id = ANY (:parks) AND v.valid @> CAST(:as_of AS date) AND v.recorded @> CAST(:known_at AS timestamptz)
    GROUP BY v.source_id
    UNION ALL
    SELECT v.source_id, 'plant', NULL, count(*), min(lower(v.valid)), max(lower(v.valid)), NULL, max(quality_rank(v.quality)), NULL
    FROM wastewater_plant_versions AS v JOIN wastewater_plants AS w ON w.id = v.wastewater_plant_id
    WHERE w.park_id = ANY (:parks) AND v.valid @> CAST(:as_of AS date) AND v.recorded @> CAST(:known_at AS timestamptz)
    GROUP BY v.source_id
)
SELECT s.key, s.title AS source_title, s.publisher, s.published, s.address, s.licence, s.note, gave.kind, gave.what, gave.times,
       gave.first, gave.last, gave.value,
       (ARRAY['official', 'published', 'estimated', 'demo'])[gave.rank] AS quality, i.name_vi, i.name_en, i.unit
FROM gave
JOIN sources AS s ON s.id = gave.source_id
LEFT JOIN indicators AS i ON i.code = gave.what
ORDER BY gave.rank, s.title COLLATE "C", s.key, gave.kind <> 'figure', gave.kind, i.name_vi COLLATE "C"
