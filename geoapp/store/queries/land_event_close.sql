UPDATE land_events SET recorded = tstzrange(lower(recorded), clock_timestamp()) WHERE id = :id AND upper_inf(recorded)
