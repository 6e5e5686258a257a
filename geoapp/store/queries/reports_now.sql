-- The moment of this snapshot.
SELECT now() AS moment
