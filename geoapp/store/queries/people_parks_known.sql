SELECT slug::text FROM parks ORDER BY slug
