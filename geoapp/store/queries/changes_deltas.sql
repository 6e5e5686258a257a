-- Parts of a difference by park and step.
SELECT part.park_id, part.step, sum(part.delta) AS delta FROM part GROUP BY part.park_id, part.step
