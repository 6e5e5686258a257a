// The page of what changed: its rows and its map follow each other.

const LAYER = "changed";

export function addChanges(map) {
  const table = document.querySelector("[data-changes]");
  if (!table) return;
  const rows = [...table.querySelectorAll("tr[data-thing]")];
  const layer = () => map.geoapp.layers.get(LAYER);
  const entryOf = (thing) => layer()?.entries.find(({ feature }) => feature.id === thing);
  for (const row of rows) {
    const { thing } = row.dataset;
    const lift = (isUp) => {
      const entry = entryOf(thing);
      if (entry) layer().lift(entry, isUp);
    };
    row.addEventListener("mouseenter", () => lift(true));
    row.addEventListener("mouseleave", () => lift(false));
    row.querySelector("[data-show]").addEventListener("click", () => show(map, layer(), entryOf(thing)));
  }
  map.on("geoapp:layer", ({ id }) => {
    if (id === LAYER && layer().state === "ready") followMap(layer(), rows);
  });
}

/** Come close enough to see a plot, and open what it says. */
function show(map, layer, entry) {
  if (!entry) return;
  const [core] = entry.path.cores;
  const place = core.getBounds?.() ?? core.getLatLng().toBounds(400);
  map.fitBounds(place.pad(2), { animate: false, maxZoom: 15 });
  layer.open(entry);
  map.getContainer().scrollIntoView({ block: "nearest" });
}

function followMap(layer, rows) {
  for (const entry of layer.entries) {
    if (entry.isFollowed) continue;
    entry.isFollowed = true;
    const mark = (isOn) => {
      const own = rows.filter((row) => row.dataset.thing === entry.feature.id);
      for (const row of rows) row.classList.toggle("chosen", isOn && own.includes(row));
      if (isOn) own[0]?.scrollIntoView({ block: "nearest" });
    };
    for (const shape of [entry.path, entry.marker]) {
      shape?.layer.on("popupopen", () => mark(true));
      shape?.layer.on("popupclose", () => mark(false));
    }
  }
}
