-- Plots that may be let, of every park: leased (built on or not) and free, from the sums of plots.
SELECT s.park_id, CASE WHEN s.state = 'available' THEN 'free' ELSE 'leased' END AS kind, sum(s.plots)::integer AS plots,
       sum(s.area_ha)::double precision AS area_ha,
       (array_agg(s.quality ORDER BY quality_rank(s.quality) DESC))[1] AS quality
FROM plot_sums_at(:as_of, :known_at) AS s
WHERE s.use_code IN ('SKK', 'TMD') AND s.state IN ('available', 'leased', 'building', 'operating')
GROUP BY s.park_id, kind
