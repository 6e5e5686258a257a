// Coordinates in VN-2000, the system of Vietnamese surveys: Transverse Mercator in zones of 3 degrees, one central
// meridian for each (former) province. Datum shift: Decision 05/2007/QĐ-BTNMT, EPSG "VN-2000 to WGS 84 (2)".

import "../vendor/proj4/dist/proj4.js";

/** The zones in use here, with the provinces (as they were until 30/06/2025) that measure in them. */
export const zones = [
  { epsg: 5897, meridian: "105°00′", lon0: 105, provinces: ["Hà Nam", "Ninh Bình"] },
  { epsg: 9209, meridian: "105°30′", lon0: 105.5, provinces: ["Nam Định"] },
];

// EPSG publishes rotations of the coordinate frame; proj4 takes rotations of the position vector: the opposite signs.
const SHIFT = "-191.90441429,-39.30318279,-111.45032835,0.00928836,-0.01975479,0.00427372,0.252906278";
const WGS84 = "+proj=longlat +datum=WGS84 +no_defs";

const converters = new Map(
  zones.map(({ epsg, lon0 }) => {
    const plane = `+proj=tmerc +lat_0=0 +lon_0=${lon0} +k=0.9999 +x_0=500000 +y_0=0 +ellps=WGS84 +towgs84=${SHIFT} +units=m`;
    return [epsg, globalThis.proj4(WGS84, plane)];
  }),
);

/** Args: lon, lat - degrees, WGS 84; epsg - code of one of the zones. Returns: { e, n } in metres: east, north. */
export function toVn2000(lon, lat, epsg) {
  const [e, n] = converterOf(epsg).forward([lon, lat]);
  return { e, n };
}

/** Args: e, n - metres east and north; epsg - code of one of the zones. Returns: { lon, lat } in degrees, WGS 84. */
export function fromVn2000(e, n, epsg) {
  const [lon, lat] = converterOf(epsg).inverse([e, n]);
  return { lon, lat };
}

/** The zone in which a former province measured; the first one where the province is not known. */
export function zoneOf(province) {
  return zones.find(({ provinces }) => provinces.includes(province)) ?? zones[0];
}

function converterOf(epsg) {
  const converter = converters.get(Number(epsg));
  if (!converter) throw new RangeError(`EPSG:${epsg} is none of ${[...converters.keys()].join(", ")}`);
  return converter;
}
