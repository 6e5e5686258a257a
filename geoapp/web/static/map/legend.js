// The layers by group, each with its legend where it is on. Made from the catalogue, drawn with the style of the map.

import { element } from "./dom.js";
import { say } from "./format.js";
import { Away, whenReady } from "./recovery.js";
import { classList, opacitySlider } from "./class-list.js";
import { baseSection } from "./base-maps.js";
import { allHidden } from "./look.js";
import { swatch } from "./style.js";

// A map narrower than this is seen before its legend.
const NARROW_PX = 700;

export function addLegend(map, panel) {
  const body = panel.querySelector(".legend-body");
  const fold = panel.querySelector(".fold");
  const setFolded = (isFolded) => {
    panel.classList.toggle("folded", isFolded);
    fold.setAttribute("aria-expanded", String(!isFolded));
  };
  fold.addEventListener("click", () => setFolded(!panel.classList.contains("folded")));
  if (panel.parentElement.clientWidth <= NARROW_PX) setFolded(true);
  L.DomEvent.disableClickPropagation(panel);
  L.DomEvent.disableScrollPropagation(panel);
  tellHidden(map, fold);
  build(map, body);
}

/** Hidden classes are told of even where the legend is folded. */
function tellHidden(map, fold) {
  const { words } = map.geoapp.options;
  const note = element("span", { class: "hidden-count" });
  fold.append(note);
  const refresh = () => {
    const count = [...allHidden(map)].reduce((sum, [id, keys]) => sum + (map.hasLayer(map.geoapp.layers.get(id)) ? keys.size : 0), 0);
    note.textContent = count ? say(words.hiddenCount, { count }) : "";
  };
  map.on("geoapp:look geoapp:layer", refresh);
}

/** Switch a layer on or off; of layers that exclude each other only one stays on. */
export function showLayer(map, catalogue, id, wanted) {
  const asked = catalogue.layers.find((layer) => layer.id === id);
  for (const other of catalogue.layers) {
    const excluded = wanted && asked.exclusive && other.exclusive === asked.exclusive && other.id !== id;
    if (excluded) map.geoapp.layers.get(other.id).removeFrom(map);
  }
  const layer = map.geoapp.layers.get(id);
  if (wanted) layer.addTo(map);
  else layer.removeFrom(map);
}

async function build(map, body) {
  const { words, ready } = map.geoapp.options;
  let catalogue = null;
  try {
    catalogue = await map.geoapp.catalogue();
  } catch (error) {
    if (error instanceof Away) {
      body.replaceChildren(element("p", { class: "failed" }, words.waiting));
      await whenReady(ready);
      build(map, body);
      return;
    }
    const again = element("button", { type: "button" }, words.retry);
    again.addEventListener("click", () => build(map, body));
    body.replaceChildren(element("p", { class: "failed" }, words.failedAll), again);
    return;
  }
  const sections = catalogue.groups.map((group) => groupSection(map, catalogue, group));
  const notes = element("ul", { class: "notes" });
  const panels = map.geoapp.panels ?? [];
  body.replaceChildren(...[...sections.map(({ node }) => node), ...panels, baseSection(map), notes].filter(Boolean));
  const refresh = () => {
    sections.forEach((section) => section.refresh());
    refreshNotes(map, notes);
  };
  map.on("geoapp:layer geoapp:look zoomend", refresh);
  refresh();
  // Layers that failed for want of the catalogue have it now.
  for (const layer of map.geoapp.layers.values()) if (map.hasLayer(layer) && layer.state === "failed") layer.load();
}

function groupSection(map, catalogue, group) {
  const rows = catalogue.layers
    .filter((layer) => layer.group === group.id)
    .map((layer) => layerRow(map, catalogue, layer));
  const count = element("span", { class: "count" });
  const details = element(
    "details",
    { class: "group" },
    element("summary", {}, element("span", {}, group.title), count),
    ...rows.map(({ node }) => node),
  );
  let wasOn = 0;
  const refresh = () => {
    rows.forEach((row) => row.refresh());
    const on = rows.filter((row) => row.isOn()).length;
    count.textContent = on ? `${on}/${rows.length}` : "";
    // A group opens when something in it comes on; the reader may fold it again.
    if (on > wasOn && group.id !== "context") details.open = true;
    if (on === 0 && wasOn > 0) details.open = false;
    wasOn = on;
  };
  return { node: details, refresh };
}

function layerRow(map, catalogue, description) {
  const layer = map.geoapp.layers.get(description.id);
  const box = element("input", { type: "checkbox", value: description.id });
  const content = element("div", { class: "layer-classes" });
  const opacity = opacitySlider(map, description);
  const legend = element("div", { class: "layer-legend", hidden: true }, content, opacity.node);
  const node = element(
    "div",
    { class: "layer-row" },
    element("label", {}, box, element("span", { id: `title-${description.id}` }, description.title)),
    legend,
  );
  box.addEventListener("change", () => showLayer(map, catalogue, description.id, box.checked));
  const isOn = () => map.hasLayer(layer);
  const refresh = () => {
    box.checked = isOn();
    legend.hidden = !isOn();
    node.dataset.state = isOn() ? layer.state : "";
    if (!isOn()) return;
    keepFocus(content, () => content.replaceChildren(...legendOf(map, layer, description)));
    opacity.refresh();
    opacity.node.hidden = layer.state !== "ready";
  };
  return { node, refresh, isOn };
}

/** What had the focus has it again, though it was made anew. */
function keepFocus(content, change) {
  const key = content.contains(document.activeElement) ? document.activeElement.dataset.key : null;
  change();
  if (key) (content.querySelector(`[data-key="${CSS.escape(key)}"]`) ?? content.querySelector("button"))?.focus({ preventScroll: true });
}

function legendOf(map, layer, description) {
  const { words } = map.geoapp.options;
  const status = statusLine(layer, description, words);
  if (status) return [status];
  const rows = classList(map, layer, description);
  if (layer.isApproximate()) {
    const plain = { radius: 6, width: 1.5, opacity: 1, paint: "none", stroke: "#7d8a96" };
    const told = description.geometry === "point" ? words.dashedPlace : words.dashed;
    const sample = swatch(description, plain, { approximate: true });
    rows.push(element("p", { class: "dashed" }, sample, element("span", {}, told)));
  }
  const { marks } = description.style;
  if (marks.length) rows.push(element("p", { class: "quiet" }, marks.map((mark) => mark.label).join(" · ")));
  if (layer.withoutPlace > 0) {
    rows.push(element("p", { class: "quiet" }, say(words.withoutPlace, { count: layer.withoutPlace })));
  }
  const generalised = layer.generalised();
  if (generalised) rows.push(element("p", { class: "level" }, generalised));
  rows.push(element("p", { class: "quiet" }, description.method));
  return rows;
}

function statusLine(layer, description, words) {
  if (layer.state === "loading") return element("p", { class: "quiet", role: "status" }, words.loading);
  if (layer.state === "waiting") return element("p", { class: "failed", role: "status" }, words.waiting);
  if (layer.state === "failed") {
    const again = element("button", { type: "button" }, words.retry);
    again.addEventListener("click", () => layer.load());
    const told = element("span", { role: "alert" }, say(words.failed, { layer: description.title }));
    return element("p", { class: "failed" }, told, " ", again);
  }
  const scale = layer.outOfScale();
  if (scale !== 0) return element("p", { class: "quiet" }, scale < 0 ? words.tooFar : words.tooNear);
  return layer.isEmpty() ? element("p", { class: "quiet" }, words.noFeatures) : null;
}

/** Demonstration data are told of wherever they are shown: in the legend, and on the line under the map. */
function refreshNotes(map, notes) {
  const { words } = map.geoapp.options;
  const shown = [...map.geoapp.layers.values()].filter((layer) => map.hasLayer(layer));
  const hasDemo = shown.some((layer) => layer.hasDemo());
  notes.replaceChildren(...(hasDemo ? [element("li", {}, words.demoShown)] : []));
  const line = document.querySelector("[data-demo-note]");
  if (line) line.hidden = !hasDemo;
}
