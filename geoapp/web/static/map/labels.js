// Names on the map, from the zoom that a layer declares; where two would cover each other, the one that came first stays.

import { element } from "./dom.js";

const GAP_PX = 3;

export function addLabels(map) {
  const pane = map.createPane("labels");
  pane.classList.add("labels");
  pane.style.zIndex = "640";
  map.geoapp.drawLabels = () => draw(map, pane);
  let asked = false;
  const later = () => {
    if (asked) return;
    asked = true;
    requestAnimationFrame(() => {
      asked = false;
      draw(map, pane);
    });
  };
  map.on("geoapp:layer zoomend moveend", later);
}

function draw(map, pane) {
  const made = [...map.geoapp.layers.values()]
    .filter((layer) => map.hasLayer(layer) && layer.isLabelled())
    .sort((a, b) => isBase(a) - isBase(b) || b.description.order - a.description.order)
    .flatMap((layer) => layer.names().map((name) => label(map, layer, name)))
    .filter(Boolean);
  pane.replaceChildren(...made.map(({ node }) => node));
  // All sizes are read before anything is moved: one layout, not one for each name.
  const boxes = made.map(({ node, point, centred }) => {
    const [w, h] = [node.offsetWidth, node.offsetHeight];
    return { x: centred ? point.x - w / 2 : point.x, y: point.y - h / 2, w, h };
  });
  const taken = [];
  boxes.forEach((box, i) => {
    const { node } = made[i];
    node.hidden = taken.some((other) => overlap(box, other));
    if (node.hidden) return;
    taken.push(box);
    L.DomUtil.setPosition(node, L.point(box.x, box.y)._round());
  });
}

/** Names of the base map give way to those of the data. */
function isBase(layer) {
  return Number(layer.description.group === "context");
}

/** A name stands right of a circle, and in the middle of an outline. Args: shift - from its place, null: in the middle. */
function label(map, { description }, { text, place, shift }) {
  if (!map.getBounds().pad(0.1).contains(place)) return null;
  const point = map.latLngToLayerPoint(place).add(shift ?? [0, 0]);
  const node = element("span", { class: `map-label label-${description.group}` }, text);
  return { node, point, centred: shift === null };
}

function overlap(a, b) {
  const beside = a.x + a.w + GAP_PX < b.x || b.x + b.w + GAP_PX < a.x;
  return !(beside || a.y + a.h < b.y || b.y + b.h < a.y);
}
