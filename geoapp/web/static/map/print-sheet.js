// What stands around the map on a printed sheet: title, legend, date, sources, notices, scale and address.

import { listedClasses } from "./class-list.js";
import { element } from "./dom.js";
import { formatDay, formatNumber, say } from "./format.js";
import { hiddenOf } from "./look.js";
import { swatch } from "./style.js";

const MOST_SOURCES = 4;
const MOST_SCALE_PX = 150;

/** Title and date above the map. */
export function sheetHead(map) {
  const { options } = map.geoapp;
  const { language, words } = options;
  const asked = new URL(location.href).searchParams;
  const dates = [say(words.printDate, { date: formatDay(asked.get("as_of") ?? options.as_of, language) })];
  if (options.known_at) dates.push(say(words.printKnown, { date: formatDay(options.known_at, language) }));
  const [title, site] = document.title.split(" · ");
  return element(
    "header",
    { class: "print-head" },
    element("div", {}, element("h1", {}, title), element("p", {}, site ?? "")),
    element("p", { class: "print-date" }, dates.join(", ")),
  );
}

/** The classes of every layer that is on, with what is hidden. */
export function sheetLegend(map, catalogue) {
  const { words } = map.geoapp.options;
  const shown = shownLayers(map).filter((layer) => layer.state === "ready" && layer.outOfScale() === 0);
  const parts = catalogue.layers
    .map((description) => [description, shown.find(({ id }) => id === description.id)])
    .filter(([, layer]) => layer)
    .map(([description, layer]) => layerLegend(map, layer, description));
  const list = parts.length ? parts : [element("p", {}, words.printNoLayers)];
  return element("section", { class: "print-legend" }, element("h2", {}, words.printLegend), ...list);
}

function layerLegend(map, layer, description) {
  const { language, words } = map.geoapp.options;
  const counts = layer.counts();
  const hidden = hiddenOf(map, description.id);
  const isSingle = description.style.kind === "single";
  const isRead = ({ key }) => !hidden.has(key) && (description.style.kind !== "category" || counts.get(key));
  const rows = listedClasses(description, counts, new Set())
    .filter(isRead)
    .map((style) => {
      const count = isSingle ? null : element("span", { class: "count" }, formatNumber(counts.get(style.key) ?? 0, 0, language));
      return element("li", {}, swatch(description, style), element("span", {}, isSingle ? description.title : style.label), count);
    });
  const notes = [];
  if (hidden.size) {
    const objects = [...hidden].reduce((sum, key) => sum + (counts.get(key) ?? 0), 0);
    notes.push(element("p", { class: "hidden-note" }, say(words.hiddenClasses, { count: hidden.size, objects })));
  }
  const title = isSingle ? [] : [element("h3", {}, description.title)];
  return element("div", { class: "print-layer" }, ...title, element("ul", {}, ...rows), ...notes);
}

/** Notices, sources and the address below the map. */
export function sheetFoot(map) {
  const { language, words } = map.geoapp.options;
  const layers = shownLayers(map);
  const notices = [];
  if (layers.some((layer) => layer.hasDemo())) notices.push(element("p", { class: "print-demo" }, words.printDemo));
  if (layers.some((layer) => layer.isApproximate())) notices.push(element("p", {}, words.dashed));
  notices.push(element("p", { class: "print-missing warn", hidden: true }, words.printMissing));
  const today = new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Ho_Chi_Minh" }).format(new Date());
  const attributions = map.getContainer().querySelector(".leaflet-control-attribution")?.textContent.trim() ?? "";
  return element(
    "footer",
    { class: "print-foot" },
    ...notices,
    element("p", {}, element("b", {}, `${words.printSources}: `), [...sources(layers, words), attributions].join("; ")),
    element(
      "p",
      { class: "print-address" },
      `${say(words.printMade, { date: formatDay(today, language) })} · ${words.printAddress}: ${map.geoapp.viewLink()}`,
    ),
  );
}

/** The sources of what is drawn, the most used first. */
function sources(layers, words) {
  const uses = new Map();
  const use = (source) => source && uses.set(source, (uses.get(source) ?? 0) + 1);
  for (const { features, summary } of layers) {
    // Of a tiled layer the features are on the server.
    summary?.sources.forEach(use);
    for (const { properties } of features) use(properties.source);
  }
  const all = [...uses].sort((a, b) => b[1] - a[1]).map(([source]) => source);
  const more = all.length - MOST_SOURCES;
  return more > 0 ? [...all.slice(0, MOST_SOURCES), say(words.printMore, { count: more })] : all;
}

function shownLayers(map) {
  return [...map.geoapp.layers.values()].filter((layer) => map.hasLayer(layer));
}

/** A bar of a round length, true where it lies: in the middle of the map. */
export function sheetScale(map) {
  const { language } = map.geoapp.options;
  const { x, y } = map.getSize().divideBy(2);
  const place = (dx) => map.containerPointToLatLng([x + dx, y]);
  const metres = map.distance(place(-MOST_SCALE_PX / 2), place(MOST_SCALE_PX / 2));
  const power = 10 ** Math.floor(Math.log10(metres));
  const round = [5, 2, 1].find((step) => step * power <= metres) * power;
  const bar = element("div", { class: "print-scale" }, round >= 1000 ? `${formatNumber(round / 1000, 0, language)} km` : `${formatNumber(round, 0, language)} m`);
  bar.style.width = `${(MOST_SCALE_PX * round) / metres}px`;
  return bar;
}
