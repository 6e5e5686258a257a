-- How many plots (from their sums) and projects some parks, or a zone, have on the day.
SELECT (SELECT coalesce(sum(s.plots), 0)::bigint FROM plot_sums AS s
        WHERE s.park_id = ANY (:parks) AND s.valid_bound <= CAST(:as_of AS date)
          AND s.recorded_bound <= CAST(:known_at AS timestamptz)) AS plots,
       (SELECT count(*) FROM project_versions AS v LEFT JOIN zones AS z ON z.id = v.zone_id
        WHERE (v.park_id = ANY (:parks) OR z.slug = :zone)
          AND v.valid @> CAST(:as_of AS date) AND v.recorded @> CAST(:known_at AS timestamptz)) AS projects
