INSERT INTO sources (key, title, publisher, published, address, licence, note)
SELECT key, title, publisher, published, address, licence, note FROM stage_sources
ON CONFLICT (key) DO UPDATE SET title = excluded.title, publisher = excluded.publisher, published = excluded.published,
    address = excluded.address, licence = excluded.licence, note = excluded.note;
