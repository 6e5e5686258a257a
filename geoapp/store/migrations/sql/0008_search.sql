-- Finding things by name, with and without accents.

-- Trusted since PostgreSQL 13: whoever may create in the database may add it.
CREATE EXTENSION IF NOT EXISTS pg_trgm SCHEMA public;

-- Lower case without accents, so that "khanh phu" finds "Khánh Phú".
CREATE FUNCTION fold(words text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    SELECT translate(regexp_replace(lower(normalize(words, NFD)), '[\u0300-\u036f]', '', 'g'), 'đ', 'd');
END;

-- How well a text fits what is asked, 0 best; null: not at all. Whoever types accents means them: they go first. Both come in
-- lower case as they are, and folded.
CREATE FUNCTION match_rank(words text, folded_words text, asked text, folded_asked text) RETURNS integer
LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT CASE
        WHEN position(folded_asked IN folded_words) = 0 THEN NULL
        WHEN words = asked THEN 0
        WHEN folded_words = folded_asked THEN 1
        WHEN starts_with(words, asked) THEN 2
        WHEN starts_with(folded_words, folded_asked) THEN 3
        WHEN position(' ' || asked IN words) > 0 THEN 4
        WHEN position(' ' || folded_asked IN folded_words) > 0 THEN 5
        WHEN position(asked IN words) > 0 THEN 6
        ELSE 7
    END;
END;

CREATE INDEX plots_code_folded ON plots (fold(code) text_pattern_ops);
CREATE INDEX project_versions_name_folded ON project_versions USING gin (fold(name) public.gin_trgm_ops);
CREATE INDEX project_versions_investor_folded ON project_versions USING gin (fold(investor) public.gin_trgm_ops);
