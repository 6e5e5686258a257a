// A small map of the whole area with a frame around what is seen. The frame is dragged, or moved by arrow keys.

import { element } from "./dom.js";

const KEY = "geoapp.overview";
const LAND = "land";
const LEAST_PX = 8;
const STEP = 0.25;
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

export function addOverview(map, toolbar) {
  const { limits } = map.geoapp;
  if (!limits) return;
  const { words, stage } = toolbar;
  const box = element("div", { class: "overview-map", tabindex: "0", role: "group", "aria-label": words.overviewHint });
  const close = element("button", { type: "button", class: "tool-close", "aria-label": words.close }, "×");
  const inset = element("section", { class: "overview", "aria-label": words.toolOverviewTitle, hidden: true }, box, close);
  stage.append(inset);
  const tool = toolbar.add({
    word: words.toolOverview,
    title: words.toolOverviewTitle,
    press: () => set(inset.hidden, true),
    toggles: true,
  });
  let overview = null;
  const set = (isOpen, isKept) => {
    inset.hidden = !isOpen;
    tool.mark(isOpen);
    if (isKept) remember(isOpen);
    if (isOpen) (overview ??= new Overview(map, box, limits)).show();
  };
  close.addEventListener("click", () => {
    set(false, true);
    tool.button.focus();
  });
  const kept = recall();
  set(kept === null ? !toolbar.isNarrow() : kept === "open", false);
}

class Overview {
  constructor(map, box, limits) {
    this.map = map;
    this.small = L.map(box, {
      attributionControl: false,
      zoomControl: false,
      dragging: false,
      keyboard: false,
      scrollWheelZoom: false,
      doubleClickZoom: false,
      boxZoom: false,
      touchZoom: false,
      zoomSnap: 0,
      maxZoom: 19,
    }).fitBounds(limits, { animate: false, padding: [2, 2] });
    this.frame = element("div", { class: "overview-frame", "aria-hidden": "true" });
    box.append(this.frame);
    this.drawLand();
    map.on("move zoomend resize", () => this.show());
    box.addEventListener("keydown", (event) => this.key(event));
    this.listen(box);
  }

  async drawLand() {
    // Layers are put on the map after the tools.
    await Promise.resolve();
    const land = this.map.geoapp.layers.get(LAND);
    if (!land) return;
    const features = this.map.hasLayer(land) ? await this.featuresOf(land) : await fetchFeatures(land.url);
    const style = { className: "overview-land", weight: 0.7, fillOpacity: 1 };
    L.geoJSON(features, { interactive: false, style }).addTo(this.small);
  }

  /** What the map has fetched anyway, as soon as it has it. */
  featuresOf(land) {
    const { map } = this;
    return new Promise((resolve) => {
      const look = () => {
        if (!land.features.length) return;
        map.off("geoapp:layer", look);
        resolve(land.features);
      };
      map.on("geoapp:layer", look);
      look();
    });
  }

  show() {
    const { map, small, frame } = this;
    if (!small.getContainer().offsetWidth) return;
    const bounds = map.getBounds();
    const a = small.latLngToContainerPoint(bounds.getNorthWest());
    const b = small.latLngToContainerPoint(bounds.getSouthEast());
    const size = { x: Math.max(b.x - a.x, LEAST_PX), y: Math.max(b.y - a.y, LEAST_PX) };
    frame.style.width = `${size.x}px`;
    frame.style.height = `${size.y}px`;
    frame.style.transform = `translate(${(a.x + b.x - size.x) / 2}px, ${(a.y + b.y - size.y) / 2}px)`;
  }

  listen(box) {
    let grip = null;
    const goTo = (event) => {
      const bounds = box.getBoundingClientRect();
      const at = L.point(event.clientX - bounds.left, event.clientY - bounds.top).subtract(grip);
      this.map.panTo(this.small.containerPointToLatLng(at), { animate: false });
    };
    box.addEventListener("pointerdown", (event) => {
      // Held where it was taken; a click elsewhere brings the frame there.
      const bounds = box.getBoundingClientRect();
      const at = L.point(event.clientX - bounds.left, event.clientY - bounds.top);
      const isOnFrame = event.target === this.frame;
      grip = isOnFrame ? at.subtract(this.small.latLngToContainerPoint(this.map.getCenter())) : L.point(0, 0);
      box.setPointerCapture(event.pointerId);
      goTo(event);
    });
    box.addEventListener("pointermove", (event) => grip && goTo(event));
    for (const name of ["pointerup", "pointercancel"]) box.addEventListener(name, () => (grip = null));
  }

  key(event) {
    const step = ARROWS[event.key];
    if (!step) return;
    event.preventDefault();
    this.map.panBy(L.point(step).scaleBy(this.map.getSize()).multiplyBy(STEP), { animate: false });
  }
}

async function fetchFeatures(url) {
  try {
    const answer = await fetch(url);
    return answer.ok ? (await answer.json()).features : [];
  } catch {
    // Without the land the frame still tells where in the area one is.
    return [];
  }
}

function recall() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    // A browser that keeps nothing starts from the size of its screen.
    return null;
  }
}

function remember(isOpen) {
  try {
    localStorage.setItem(KEY, isOpen ? "open" : "folded");
  } catch {
    // For this visit only.
  }
}
