-- Infrastructure of one park by kind: how many items, how many are done, and how far they are on average by planned value.
SELECT t.kind, count(*) AS items, count(*) FILTER (WHERE t.state IN ('complete', 'in_use')) AS done,
       count(*) FILTER (WHERE t.state = 'building') AS building,
       sum(t.progress_pct * t.planned_value_vnd_bn) / nullif(sum(t.planned_value_vnd_bn) FILTER (WHERE t.progress_pct IS NOT NULL), 0)
           AS progress_pct,
       sum(t.planned_value_vnd_bn) AS planned_value_vnd_bn, bool_or(t.quality = 'demo') AS has_demo, max(t.valid_from) AS valid_from
FROM infrastructure_items_at(:as_of, :known_at) AS t
WHERE t.park_slug = :park
GROUP BY t.kind ORDER BY array_position(:kinds, t.kind)
