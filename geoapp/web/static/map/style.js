// From the one style model (geoapp/maps/style.py) to what Leaflet and the legend draw.

import { drawing } from "./dom.js";

const APPROXIMATE_DASH = "6 4";
// Of a circle the gaps are shorter, or hardly one is seen.
const APPROXIMATE_DOTS = "3 2";
const RING_WIDTH = 2.5;

/** The class of a feature: by code, by range, or the only one; "no data" where the value is missing. */
export function classOf(layer, properties) {
  const { kind, field, classes } = layer.style;
  if (kind === "single") return classes[0];
  const noData = classes.find((one) => one.key === "no_data");
  const value = properties[layer.fields[field].column];
  if (value === null || value === undefined) return noData;
  if (kind === "category") return classes.find((one) => one.value === value) ?? noData;
  const ranges = classes.filter((one) => one !== noData);
  const last = ranges.at(-1);
  return ranges.find((one) => isWithin(value, one, one === last)) ?? noData;
}

function isWithin(value, { lower, upper }, isLast) {
  const above = lower === undefined || value >= lower;
  return above && (upper === undefined || value < upper || (isLast && value <= upper));
}

/** Options of a Leaflet path for a class; approximate outlines are dashed. */
export function pathOptions(style, { approximate, line }) {
  return {
    color: style.stroke ?? style.fill ?? "#000000",
    weight: style.stroke || line ? style.width : 0,
    dashArray: style.dash || (approximate ? APPROXIMATE_DASH : null),
    // Without a fill a line stands on the ground alone, which is dark at night; see css/map.css.
    className: style.paint === "none" ? "bare" : "",
    fill: !line && style.paint !== "none",
    fillColor: style.paint,
    fillOpacity: style.opacity,
    opacity: 1,
  };
}

/** Options of a circle for a class. */
export function pointOptions(style, { approximate }) {
  return {
    radius: style.radius,
    color: style.stroke ?? "#ffffff",
    weight: Math.max(style.width, 1),
    dashArray: style.dash || (approximate ? APPROXIMATE_DOTS : null),
    fill: style.paint !== "none",
    fillColor: style.paint,
    fillOpacity: style.opacity,
  };
}

/** Options of the ring outside of a circle, or null where the class has none. */
export function ringOptions(style) {
  if (!style.ring) return null;
  const radius = style.radius + style.width / 2 + RING_WIDTH;
  return { radius, color: style.ring, weight: RING_WIDTH, fill: false, interactive: false };
}

/** Put the patterns that a layer needs into the page, once. */
export function addPatterns(layer) {
  let home = document.getElementById("patterns");
  if (!home) {
    home = drawing("svg", { id: "patterns", width: 0, height: 0, "aria-hidden": "true" }, drawing("defs"));
    document.body.append(home);
  }
  for (const style of layer.style.classes) {
    if (style.pattern_id && !document.getElementById(style.pattern_id)) home.firstChild.append(pattern(style));
  }
}

const SHAPES = {
  hatch: (lines) => [drawing("path", { d: "M-1 1 1-1M0 8 8 0M7 9 9 7", stroke: lines, "stroke-width": 1.2 })],
  cross: (lines) => [drawing("path", { d: "M0 0 8 8M8 0 0 8", stroke: lines, "stroke-width": 1 })],
  dots: (lines) => [2, 6].map((at) => drawing("circle", { cx: at, cy: at, r: 1.1, fill: lines })),
};

function pattern(style) {
  const size = { width: 8, height: 8 };
  return drawing(
    "pattern",
    { id: style.pattern_id, patternUnits: "userSpaceOnUse", ...size },
    drawing("rect", { ...size, fill: style.fill ?? "#ffffff" }),
    ...SHAPES[style.pattern](style.lines),
  );
}

/** The swatch of a class in a legend, drawn as on the map. */
export function swatch(layer, style, { approximate = false } = {}) {
  const box = drawing("svg", { class: "swatch", viewBox: "0 0 24 16", width: 24, height: 16, "aria-hidden": "true" });
  const dash = style.dash || (approximate ? (layer.geometry === "point" ? APPROXIMATE_DOTS : APPROXIMATE_DASH) : null);
  if (style.paint === "none") box.classList.add("bare");
  const stroke = { stroke: style.stroke ?? "none", "stroke-width": Math.min(style.width, 3) };
  if (dash) stroke["stroke-dasharray"] = dash;
  if (layer.geometry === "line") {
    box.append(drawing("line", { x1: 1, y1: 8, x2: 23, y2: 8, ...stroke }));
  } else if (layer.geometry === "point") {
    if (style.ring) {
      box.append(drawing("circle", { cx: 12, cy: 8, r: 6.6, fill: "none", stroke: style.ring, "stroke-width": 2 }));
    }
    const r = Math.min(style.radius, style.ring ? 4.5 : 6);
    box.append(drawing("circle", { cx: 12, cy: 8, r, fill: style.paint, "fill-opacity": style.opacity, ...stroke }));
  } else {
    const corner = { x: 1.5, y: 1.5, width: 21, height: 13 };
    box.append(drawing("rect", { ...corner, fill: style.paint, "fill-opacity": style.opacity, ...stroke }));
  }
  return box;
}
