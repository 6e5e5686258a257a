// Lengths and areas on the WGS 84 ellipsoid, and how they are written.

import "../vendor/geographiclib-geodesic/geographiclib-geodesic.min.js";
import { formatNumber } from "./format.js";

const { Geodesic } = globalThis.geodesic;
const KM = 1000;
const HA = 10_000;
const SPACE = "\u00a0";

/** Metres along some places. Args: places - [{ lat, lng }, ...] in degrees. */
export function lengthOf(places) {
  let sum = 0;
  for (let i = 1; i < places.length; i += 1) sum += distance(places[i - 1], places[i]);
  return sum;
}

function distance(a, b) {
  return Geodesic.WGS84.Inverse(a.lat, a.lng, b.lat, b.lng, Geodesic.DISTANCE).s12;
}

/** Area (m²) and perimeter (m) of the outline through some places; it is closed from the last to the first. */
export function areaOf(places) {
  const outline = Geodesic.WGS84.Polygon(false);
  for (const { lat, lng } of places) outline.AddPoint(lat, lng);
  const { area, perimeter } = outline.Compute(false, true);
  return { area: Math.abs(area), perimeter };
}

/** Whether two sides of the closed outline cross: it has no area then. */
export function crosses(places) {
  const sides = places.map((place, i) => [place, places[(i + 1) % places.length]]);
  return sides.some((side, i) =>
    sides.slice(i + 2).some((other, k) => !(i === 0 && i + 2 + k === sides.length - 1) && cut(side, other)),
  );
}

function cut([a, b], [c, d]) {
  return side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0;
}

function side(a, b, p) {
  return Math.sign((b.lng - a.lng) * (p.lat - a.lat) - (b.lat - a.lat) * (p.lng - a.lng));
}

/** 532,4 m or 12,345 km. */
export function formatLength(metres, language) {
  if (metres < KM) return formatNumber(metres, 1, language) + SPACE + "m";
  return formatNumber(metres / KM, 3, language) + SPACE + "km";
}

/** The area in its units, the usual one first: 5.432 m², or 12,34 ha and 123.412 m². */
export function formatArea(squareMetres, language) {
  const plain = formatNumber(squareMetres, squareMetres < 1000 ? 1 : 0, language) + SPACE + "m²";
  if (squareMetres < HA) return [plain];
  return [formatNumber(squareMetres / HA, 2, language) + SPACE + "ha", plain];
}
