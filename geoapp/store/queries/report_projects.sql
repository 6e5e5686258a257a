-- Projects on some days: in force, licensed between two days, with other capital than before, ended. A project without a day of
-- licence is counted in no period, and says so. Periods: label, first and last day.
WITH period AS (
    SELECT * FROM unnest(CAST(:labels AS text[]), CAST(:firsts AS date[]), CAST(:lasts AS date[])) AS p (label, first, last)
), stood AS (
    SELECT p.label, p.first, p.last, v.id, v.project_id, v.state, v.licensed_on, v.capital_vnd_bn, v.capital_usd_m,
           v.land_ha::double precision AS land_ha, lower(v.valid) AS since, v.quality::text AS quality, s.title AS source_title
    FROM period AS p
    JOIN project_versions AS v ON v.valid @> p.last AND v.recorded @> CAST(:known_at AS timestamptz)
    JOIN sources AS s ON s.id = v.source_id
), told AS (
    SELECT s.*, before.capital_vnd_bn AS vnd_before, before.capital_usd_m AS usd_before, before.id IS NOT NULL AS was_there,
           before.state AS state_before
    FROM stood AS s
    LEFT JOIN project_versions AS before
      ON before.project_id = s.project_id AND before.valid @> (s.first - 1) AND before.recorded @> CAST(:known_at AS timestamptz)
), kinds AS (
    SELECT t.*, 'in_force' AS kind, t.capital_vnd_bn AS vnd, t.capital_usd_m AS usd FROM told AS t WHERE t.state <> 'ended'
    UNION ALL
    SELECT t.*, 'licensed', t.capital_vnd_bn, t.capital_usd_m FROM told AS t WHERE t.licensed_on BETWEEN t.first AND t.last
    UNION ALL
    SELECT t.*, 'adjusted', t.capital_vnd_bn - t.vnd_before, t.capital_usd_m - t.usd_before FROM told AS t
    WHERE t.was_there AND t.state <> 'ended'
      AND (t.capital_vnd_bn IS DISTINCT FROM t.vnd_before OR t.capital_usd_m IS DISTINCT FROM t.usd_before)
    UNION ALL
    SELECT t.*, 'ended', t.capital_vnd_bn, t.capital_usd_m FROM told AS t
    WHERE t.state = 'ended' AND t.was_there AND t.state_before <> 'ended'
)
SELECT label, kind, count(*)::integer AS projects, sum(vnd) AS vnd_bn, sum(usd) AS usd_m, sum(land_ha) AS land_ha,
       count(vnd)::integer AS with_vnd, count(usd)::integer AS with_usd, count(land_ha)::integer AS with_land,
       count(*) FILTER (WHERE vnd IS NULL AND usd IS NULL)::integer AS without_capital,
       count(*) FILTER (WHERE licensed_on IS NULL)::integer AS without_day,
       array_agg(id ORDER BY id) AS ids,
       (ARRAY['official', 'published', 'estimated', 'demo'])[max(quality_rank(quality))] AS quality,
       array_agg(DISTINCT source_title) AS sources
FROM kinds
GROUP BY label, kind
