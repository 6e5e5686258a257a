INSERT INTO field_report_plots (report_id, plot_id) SELECT :id, unnest(CAST(:plot_ids AS integer[]))
