"""From a declared layer to what is drawn: one style model, the legend, and the map on screen."""
