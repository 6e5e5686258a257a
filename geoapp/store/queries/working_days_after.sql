-- Two days moved on by some working days.
SELECT clock_add_working_days(CAST(:before AS date), :days) AS before, clock_add_working_days(CAST(:latest AS date), :days) AS latest
