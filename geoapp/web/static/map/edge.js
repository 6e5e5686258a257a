// Where the land that is drawn ends, the map ends.

export function asBounds([west, south, east, north]) {
  return L.latLngBounds([south, west], [north, east]);
}

/** What lies beyond would read as sea: it is covered like the edge of a sheet, and the map cannot be moved far into it. */
export function keepWithin(map, limits) {
  const pane = map.createPane("edge");
  pane.style.zIndex = "399";
  const world = [[-89, -360], [-89, 360], [89, 360], [89, -360]];
  const sheet = [limits.getSouthWest(), limits.getSouthEast(), limits.getNorthEast(), limits.getNorthWest()];
  L.polygon([world, sheet], { pane: "edge", className: "edge", interactive: false, weight: 1 }).addTo(map);
  map.setMaxBounds(limits.pad(0.4));
  const adapt = () => map.setMinZoom(Math.min(map.getBoundsZoom(limits) - 0.25, map.getZoom()));
  map.on("resize", adapt);
  adapt();
}
