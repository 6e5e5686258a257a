// What the pointer does over the canvas of tiled layers, where no element lies that could be hovered or clicked.

/** Watches the map for its tiled layers; what is drawn above them as elements of its own goes before. */
export class Pointer {
  constructor(map) {
    this.map = map;
    this.layers = new Set();
    this.tooltip = L.tooltip({ direction: "top", sticky: true, offset: [0, -8] });
    const box = map.getContainer();
    // Before Leaflet hears of it: a feature on the canvas goes before an outline below it.
    box.addEventListener("click", (event) => this.click(event), { capture: true });
    box.addEventListener("mouseover", (event) => this.find(event) && event.stopPropagation(), { capture: true });
    box.addEventListener("mousemove", (event) => this.move(event));
    box.addEventListener("mouseleave", () => this.leave());
  }

  watch(layer) {
    this.layers.add(layer);
  }

  forget(layer) {
    this.layers.delete(layer);
    this.leave();
  }

  /** The uppermost tiled layer with something there, unless a drawn element or a control above it is meant. */
  find(event) {
    const { target } = event;
    // The canvas lets the pointer through: to an element below it, or to the map itself.
    const isOnMap = target === this.map.getContainer() || target.closest(".leaflet-map-pane");
    if (!isOnMap || target.closest(".leaflet-popup, .leaflet-tooltip")) return null;
    const latlng = this.map.mouseEventToLatLng(event);
    const above = target.closest(".leaflet-interactive") ? floorOf(target) : -1;
    const layers = [...this.layers].filter((layer) => this.map.hasLayer(layer)).sort((a, b) => b.order - a.order);
    for (const layer of layers) {
      if (floorOf(layer.grid.getContainer()) < above) continue;
      const hit = layer.find(latlng);
      if (hit) return { layer, hit, latlng };
    }
    return null;
  }

  async click(event) {
    if (this.map.dragging?.moved?.()) return;
    const found = this.find(event);
    if (!found) return;
    event.stopPropagation();
    this.leave();
    await this.open(found);
  }

  /** With what the tile knows at once; the rest is put in its place when it comes. */
  async open({ layer, hit, latlng }) {
    const { map } = this;
    const popup = L.popup({ maxWidth: 380, minWidth: hit.level === "features" ? 280 : 160, ...map.geoapp.popupMargins() });
    popup.setLatLng(latlng).setContent(layer.cardOf(hit)).openOn(map);
    map.fire("geoapp:choose", { id: layer.id, slug: hit.properties.park_slug, feature: hit.properties.id });
    popup.on("remove", () => map.fire("geoapp:choose", { id: layer.id, slug: null, feature: null }));
    if (hit.level !== "features") return;
    try {
      const whole = await layer.popupOf(hit);
      if (popup.isOpen()) popup.setContent(whole);
    } catch (error) {
      console.warn(`layer ${layer.id}:`, error);
      if (popup.isOpen()) popup.setContent(layer.cardOf(hit, { isLost: true }));
    }
  }

  move(event) {
    if (event.buttons || this.waiting) return;
    this.waiting = true;
    requestAnimationFrame(() => {
      this.waiting = false;
      const found = this.find(event);
      if (!found) {
        this.leave();
        return;
      }
      this.cover(floorOf(found.layer.grid.getContainer()));
      this.tooltip.setLatLng(found.latlng).setContent(found.layer.tooltipOf(found.hit));
      if (!this.map.hasLayer(this.tooltip)) this.tooltip.addTo(this.map);
      this.tell(found);
    });
  }

  leave() {
    this.tell(null);
    this.tooltip.remove();
    this.cover(0);
  }

  /** Lists beside the map follow: told once for each feature that comes under the pointer, and when there is none. */
  tell(found) {
    const told = found && `${found.layer.id} ${found.hit.properties.id}`;
    if (told === (this.told ?? null)) return;
    this.told = told;
    const { layer, hit } = found ?? this.last ?? {};
    if (!layer) return;
    this.last = found;
    const names = found ? { slug: hit.properties.park_slug, feature: hit.properties.id } : { slug: null, feature: null };
    this.map.fire("geoapp:hover", { id: layer.id, ...names });
  }

  /** What lies below a feature on the canvas does not hear of the pointer meanwhile. */
  cover(floor) {
    this.map.getContainer().classList.toggle("over-tile", floor > 0);
    for (const pane of Object.values(this.map.getPanes())) {
      pane.classList.toggle("under-tile", Number(pane.style.zIndex) > 0 && Number(pane.style.zIndex) < floor);
    }
  }
}

/** How high the pane of an element lies. */
function floorOf(node) {
  return Number(node.closest(".leaflet-pane[style*='z-index']")?.style.zIndex ?? 0);
}
