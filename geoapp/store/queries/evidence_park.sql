SELECT park_id AS id, slug, name_vi, name_en FROM parks_at(CAST(:as_of AS date), 'infinity') WHERE slug = :park
