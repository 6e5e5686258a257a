-- Text as people count it: A2 before A10.

-- What a list is ordered by: every number in a text is written with seven digits.
CREATE FUNCTION natural_key(value text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    SELECT regexp_replace(regexp_replace(fold(value), '(\d+)', '000000\1', 'g'), '0*(\d{7})(?!\d)', '\1', 'g');
END;
