-- A source by its key, or by a title that becomes one. What is known already stays as it is.
INSERT INTO sources (key, title, publisher)
SELECT CAST(:key AS text), CAST(:title AS text), CAST(:publisher AS text)
WHERE NOT EXISTS (SELECT FROM sources WHERE key = :key)
ON CONFLICT (key) DO NOTHING
