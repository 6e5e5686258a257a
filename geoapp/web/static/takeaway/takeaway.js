// The map of a file that was taken away: everything lies in the page, and nothing is asked of anybody.

import { asBounds, keepWithin } from "../map/edge.js";
import { addLabels } from "../map/labels.js";
import { CatalogLayer } from "../map/layer.js";
import { addLegend } from "../map/legend.js";
import { hideClasses, setOpacity } from "../map/look.js";

const data = JSON.parse(document.getElementById("map-data").textContent);
const stage = document.querySelector(".stage");

/** A layer whose features are in the page. */
const TakenLayer = CatalogLayer.extend({
  async load() {
    this.become("loading");
    const catalogue = await this.home.geoapp.catalogue();
    this.quality = catalogue.quality;
    this.draw(catalogue.layers.find(({ id }) => id === this.id), data.features[this.id]);
    this.become("ready");
  },
});

const map = L.map("map", { zoomControl: false, attributionControl: false, zoomSnap: 0.25, maxZoom: 19 });
window.geoappMap = map;
const options = { ...data.options, base_maps: [] };
const limits = data.limits ? asBounds(data.limits) : null;
map.geoapp = { options, limits, layers: new Map(), catalogue: async () => data.catalogue, popupMargins: () => ({}) };
map.fitBounds(asBounds(data.bounds), { animate: false });
if (limits) keepWithin(map, limits);
const { words } = options;
L.control.zoom({ position: "topright", zoomInTitle: words.zoomIn, zoomOutTitle: words.zoomOut }).addTo(map);
L.control.scale({ position: "bottomleft", imperial: false, maxWidth: 120 }).addTo(map);

for (const { id, order } of data.catalogue.layers) new TakenLayer(map, { id, order, url: "" });
addLegend(map, stage.querySelector("[data-legend]"));
addLabels(map);
for (const id of data.shown) map.geoapp.layers.get(id).addTo(map);
for (const [id, keys] of Object.entries(data.hidden)) hideClasses(map, id, new Set(keys));
for (const [id, opacity] of Object.entries(data.opacity)) setOpacity(map, id, opacity);
