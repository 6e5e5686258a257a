-- The hash of an event by its place in the chain.
SELECT hash FROM report_events WHERE sequence = :sequence
