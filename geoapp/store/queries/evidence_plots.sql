SELECT plot_id, park_id, code FROM plots_at(CAST(:as_of AS date), 'infinity')
WHERE park_slug = :park AND code = ANY (CAST(:codes AS text[]))
