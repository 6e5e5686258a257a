-- Large layers are paged by a whole number; its index gives a page without looking at the rest.
CREATE INDEX plot_versions_plot ON plot_versions (plot_id);
