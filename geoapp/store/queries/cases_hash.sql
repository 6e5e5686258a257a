-- The hash of one event of the chain.
SELECT hash FROM case_events WHERE sequence = :sequence
