// The park in the field: its outline and plots from the device, plots that are picked, a drawing, the own place.

import { areaOf, crosses, formatArea } from "../map/geodesy.js";

const LABEL_ZOOM = 16.5;

export class Ground {
  /** Args: box - the element of the map; changed - called when the person has picked or drawn; language. */
  constructor(box, { changed, language }) {
    this.map = L.map(box, { zoomControl: false, attributionControl: false, zoomSnap: 0.5, maxZoom: 20, tap: true });
    this.map.setView([20.25, 106], 10);
    L.control.zoom({ position: "topright" }).addTo(this.map);
    L.control.scale({ imperial: false, position: "bottomleft" }).addTo(this.map);
    this.changed = changed;
    this.language = language;
    this.mode = "pick";
    this.corners = [];
    this.shape = null;
    this.picked = new Set();
    this.plots = new Map();
    this.land = L.layerGroup().addTo(this.map);
    this.drawn = L.layerGroup().addTo(this.map);
    this.here = L.layerGroup().addTo(this.map);
    this.map.on("click", ({ latlng }) => this.touch(latlng));
    this.map.on("zoomend", () => box.classList.toggle("near", this.map.getZoom() >= LABEL_ZOOM));
  }

  /** Show a park. Args: park - as the device keeps it. */
  show(park) {
    this.land.clearLayers();
    this.plots.clear();
    this.park = park;
    if (!park) return;
    const outline = L.geoJSON(park.outline, {
      interactive: false,
      style: { className: "ground-outline", weight: 2, dashArray: park.approximate ? "6 4" : null },
    });
    this.land.addLayer(outline);
    for (const plot of park.plots) {
      const area = L.geoJSON(plot, { style: { className: "ground-plot", weight: 1 } });
      area.bindTooltip(() => document.createTextNode(plot.properties.code), { permanent: true, direction: "center", className: "ground-code" });
      area.on("click", (event) => {
        if (this.mode !== "pick") return;
        L.DomEvent.stop(event);
        this.toggle(plot.properties.code);
      });
      this.plots.set(plot.properties.code, area);
      this.land.addLayer(area);
    }
    this.map.invalidateSize();
    this.map.fitBounds(outline.getBounds(), { animate: false, padding: [8, 8] });
    this.mark();
  }

  /** Take what a draft holds. */
  take({ plots, geometry }) {
    this.picked = new Set(plots);
    this.corners = [];
    this.shape = geometry;
    this.mode = "pick";
    this.mark();
    this.draw();
  }

  toggle(code) {
    if (!this.picked.delete(code)) this.picked.add(code);
    this.mark();
    this.changed();
  }

  mark() {
    for (const [code, area] of this.plots) {
      area.eachLayer((one) => one.getElement()?.classList.toggle("picked", this.picked.has(code)));
      area.getTooltip()?.getElement()?.classList.toggle("picked", this.picked.has(code));
    }
  }

  /** Begin to draw; what was drawn before stays until the new drawing is finished. Args: mode - pick, area or point. */
  begin(mode) {
    this.mode = mode;
    this.corners = [];
    this.draw();
    this.changed();
  }

  touch(place) {
    if (this.mode === "point") {
      this.shape = { type: "Point", coordinates: pair(place) };
      this.mode = "pick";
      this.draw();
      this.changed();
    } else if (this.mode === "area") {
      this.corners.push(place);
      this.draw();
      this.changed();
    }
  }

  addCentre() {
    this.touch(this.map.getCenter());
  }

  undo() {
    this.corners.pop();
    this.draw();
    this.changed();
  }

  clear() {
    this.shape = null;
    this.begin("pick");
  }

  /** What is wrong with the outline that is being drawn: few, crosses, or nothing. */
  fault() {
    if (this.corners.length < 3) return "few";
    return crosses(this.corners) ? "crosses" : null;
  }

  end() {
    if (this.fault()) return;
    const ring = this.corners.map(pair);
    this.shape = { type: "Polygon", coordinates: [[...ring, ring[0]]] };
    this.corners = [];
    this.mode = "pick";
    this.draw();
    this.changed();
  }

  /** The area of what is drawn, as text; nothing where it has none. */
  area() {
    const places = this.mode === "area" ? this.corners : cornersOf(this.shape);
    if (places.length < 3 || crosses(places)) return "";
    return formatArea(areaOf(places).area, this.language)[0];
  }

  /** Whether what is drawn lies outside the outline of the park with every corner. */
  isOutside() {
    const places = this.shape?.type === "Point" ? [this.shape.coordinates] : (this.shape?.coordinates[0] ?? []);
    return Boolean(this.park) && places.length > 0 && !places.some((place) => isInside(place, this.park.outline));
  }

  draw() {
    this.drawn.clearLayers();
    const look = { className: "ground-drawing", weight: 3, interactive: false };
    if (this.shape?.type === "Point") {
      const [lng, lat] = this.shape.coordinates;
      this.drawn.addLayer(L.circleMarker([lat, lng], { ...look, radius: 9 }));
    } else if (this.shape) {
      this.drawn.addLayer(L.polygon(cornersOf(this.shape), look));
    }
    if (this.corners.length) this.drawn.addLayer(L.polygon(this.corners, look));
    for (const place of this.corners) this.drawn.addLayer(L.circleMarker(place, { ...look, className: "ground-corner", radius: 6 }));
  }

  showHere({ longitude, latitude, accuracy_m }) {
    const place = [latitude, longitude];
    this.here.clearLayers();
    this.here.addLayer(L.circle(place, { radius: accuracy_m ?? 0, className: "ground-accuracy", interactive: false, weight: 0 }));
    this.here.addLayer(L.circleMarker(place, { radius: 7, className: "ground-here", interactive: false, weight: 3 }));
    this.map.setView(place, Math.max(this.map.getZoom(), 16), { animate: false });
  }
}

function pair({ lng, lat }) {
  return [Number(lng.toFixed(7)), Number(lat.toFixed(7))];
}

function cornersOf(shape) {
  return shape?.type === "Polygon" ? shape.coordinates[0].slice(0, -1).map(([lng, lat]) => ({ lat, lng })) : [];
}

function isInside(place, outline) {
  const parts = outline.type === "MultiPolygon" ? outline.coordinates : [outline.coordinates];
  return parts.some((rings) => rings.filter((ring) => winds(place, ring)).length % 2 === 1);
}

function winds([x, y], ring) {
  let inside = false;
  for (let i = 0, k = ring.length - 1; i < ring.length; k = i, i += 1) {
    const [[ax, ay], [bx, by]] = [ring[i], ring[k]];
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
  }
  return inside;
}
