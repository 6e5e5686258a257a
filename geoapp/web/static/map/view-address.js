// The exact view of a map as text behind the # of an address, and back:
//   #map=12.25/20.250000/105.975000&layers=coast,land&hide=park_occupancy:c1,no_data&opacity=land:40&parks=xuan-kien&base=osm
// box=west,south,east,north in place of map=: what is to be seen, on a screen of any size.

const PLACE = 6;
const KEYS = ["map", "box", "layers", "hide", "opacity", "parks", "base"];

/** Args: view - { zoom, lat, lng, layers, hidden, opacities, parks, base }; whole - name the layers even where they are as usual. */
export function writeView(view, usualLayers = null) {
  const { zoom, lat, lng, layers, hidden, opacities, parks, base } = view;
  const parts = [`map=${Number(zoom.toFixed(2))}/${lat.toFixed(PLACE)}/${lng.toFixed(PLACE)}`];
  const on = [...layers].sort().join(",");
  if (on !== usualLayers) parts.push(`layers=${on}`);
  parts.push(...writeLook(hidden, opacities).map(([name, value]) => `${name}=${value}`));
  if (parks) parts.push(`parks=${[...parks].sort().join(",")}`);
  if (base) parts.push(`base=${base}`);
  return `#${parts.join("&")}`;
}

/** How layers are shown beside what they declare, as pairs of a name and its text; also sheets are asked for so. */
export function writeLook(hidden, opacities) {
  const perLayer = (map, write) => [...map].sort().map(([id, value]) => `${id}:${write(value)}`).join(";");
  const pairs = [];
  if (hidden.size) pairs.push(["hide", perLayer(hidden, (keys) => [...keys].sort().map(encodeURIComponent).join(","))]);
  if (opacities.size) pairs.push(["opacity", perLayer(opacities, (value) => Math.round(value * 100))]);
  return pairs;
}

/** What an address says of a view; null where it says nothing. Faults are [kind, text] of what cannot be read. */
export function readView(hash) {
  const given = new Map(
    hash
      .replace(/^#/, "")
      .split("&")
      .map((part) => [part.split("=", 1)[0], part.slice(part.indexOf("=") + 1)])
      .filter(([key]) => KEYS.includes(key)),
  );
  if (!given.size) return null;
  const faults = [];
  const take = (key, read) => (given.has(key) ? read(given.get(key), faults) : null);
  return {
    place: take("map", readPlace),
    box: take("box", readBox),
    layers: take("layers", (text) => text.split(",").filter(Boolean)),
    hidden: take("hide", (text) => readPerLayer(text, (keys) => new Set(keys.split(",").filter(Boolean).map(decode)))),
    opacities: take("opacity", readOpacities),
    parks: take("parks", (text) => new Set(text.split(",").filter(Boolean).map(decode))),
    base: take("base", decode),
    faults,
  };
}

function readPlace(text, faults) {
  const numbers = text.split("/").map(Number);
  const [zoom, lat, lng] = numbers;
  const fits = numbers.length === 3 && numbers.every(Number.isFinite) && zoom >= 0 && zoom <= 19 && Math.abs(lat) <= 85 && Math.abs(lng) <= 180;
  if (fits) return { zoom, lat, lng };
  faults.push(["linkPlace", decode(text)]);
  return null;
}

/** West, south, east, north: what lies on a sheet, whatever the size of the screen. */
function readBox(text, faults) {
  const numbers = text.split(",").map(Number);
  const [west, south, east, north] = numbers;
  const fits = numbers.length === 4 && numbers.every(Number.isFinite) && west < east && south < north && Math.abs(south) <= 85 && Math.abs(north) <= 85 && Math.abs(west) <= 180 && Math.abs(east) <= 180;
  if (fits) return { west, south, east, north };
  faults.push(["linkPlace", decode(text)]);
  return null;
}

function readPerLayer(text, read) {
  const pairs = text.split(";").filter(Boolean);
  return new Map(pairs.map((pair) => [pair.split(":", 1)[0], read(pair.includes(":") ? pair.slice(pair.indexOf(":") + 1) : "")]));
}

function readOpacities(text, faults) {
  const read = readPerLayer(text, (value) => value);
  for (const [id, value] of read) {
    const percent = Number(value);
    if (value !== "" && percent >= 10 && percent <= 100) read.set(id, percent / 100);
    else {
      faults.push(["linkOpacity", decode(`${id}:${value}`)]);
      read.delete(id);
    }
  }
  return read;
}

function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    // A broken escape stands for itself.
    return text;
  }
}
