-- One indicator.
SELECT i.* FROM indicators AS i WHERE i.code = :indicator
