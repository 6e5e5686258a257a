-- How many plots some parks have on the day, and how many projects they, or a zone, have.
SELECT (SELECT count(*) FROM plots AS t JOIN plot_versions AS v ON v.plot_id = t.id
        WHERE t.park_id = ANY (:parks) AND v.valid @> CAST(:as_of AS date) AND v.recorded @> CAST(:known_at AS timestamptz)) AS plots,
       (SELECT count(*) FROM project_versions AS v LEFT JOIN zones AS z ON z.id = v.zone_id
        WHERE (v.park_id = ANY (:parks) OR z.slug = :zone)
          AND v.valid @> CAST(:as_of AS date) AND v.recorded @> CAST(:known_at AS timestamptz)) AS projects
