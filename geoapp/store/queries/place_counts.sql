-- How many plots (from their sums) some parks have on the day, and how many projects they, or a zone, have.
SELECT (SELECT coalesce(sum(s.plots), 0)::bigint FROM plot_sums AS s
        WHERE s.park_id = ANY (:parks) AND s.valid_bound <= CAST(:as_of AS date)
          AND s.recorded_bound <= CAST(:known_at AS timestamptz)) AS plots,
       (SELECT count(*) FROM project_versions AS v LEFT JOIN zones AS z ON z.id = v.zone_id
        WHERE (v.park_id = ANY (:parks) OR z.slug = :zone)
          AND v.valid @> CAST(:as_of AS date) AND v.recorded @> CAST(:known_at AS timestamptz)) AS projects
