// The outline of one plot or project over the layers, whatever they are drawn with: the one that a page is about, and the one
// that a row of a table stands for.

import { atDay, shownDay } from "../map/day.js";
import { SWAPPED } from "../map/live.js";

const PANE = "mark";
const SLOW_MS = 60;

/** Marks outlines on a map; asked for once, kept for as long as the day stays. */
export class Marker {
  constructor(map) {
    this.map = map;
    this.kept = new Map();
    this.layer = null;
    this.wanted = null;
    const pane = map.getPane(PANE) ?? map.createPane(PANE);
    // Above the layers, below tooltips and popups.
    pane.style.zIndex = "640";
    pane.style.pointerEvents = "none";
  }

  /** Show the outline at an address (null: none). Passing over rows asks for nothing; staying on one does. */
  show(address) {
    if (address === this.wanted) return;
    this.wanted = address;
    clearTimeout(this.timer);
    if (!address) this.clear();
    else if (this.kept.has(address)) this.draw(this.kept.get(address));
    else this.timer = setTimeout(() => this.fetch(address), SLOW_MS);
  }

  async fetch(address) {
    try {
      const answer = await fetch(address);
      if (!answer.ok) throw new TypeError(`${address}: ${answer.status}`);
      this.kept.set(address, await answer.json());
      if (this.wanted === address) this.draw(this.kept.get(address));
    } catch (error) {
      // The row still says where it is; only the outline is missing.
      console.info("outline:", error);
    }
  }

  draw(feature) {
    this.clear();
    if (!feature.geometry) return;
    const shared = { pane: PANE, interactive: false };
    const halo = L.geoJSON(feature, { ...shared, style: { className: "mark-halo", fill: false, weight: 7 } });
    const line = L.geoJSON(feature, { ...shared, style: { className: "mark-line", fill: false, weight: 3 } });
    this.layer = L.layerGroup([halo, line]).addTo(this.map);
  }

  clear() {
    this.layer?.remove();
    this.layer = null;
  }

  forget() {
    this.kept.clear();
    this.show(null);
  }
}

/** The page of one plot or project marks it. */
export function addMark(map) {
  const page = document.querySelector("[data-mark]");
  if (!page) return;
  const marker = new Marker(map);
  const show = () => marker.show(atDay(page.dataset.mark, shownDay()));
  show();
  document.addEventListener(SWAPPED, show);
}
