-- Parks of which any plot is recorded: there, none leased is a number; elsewhere it is no data.
SELECT DISTINCT park_id FROM plot_sums_at(:as_of, :known_at)
