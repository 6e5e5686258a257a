// The exact view of a map as text behind the # of an address, and back:
//   #map=12.25/20.250000/105.975000&layers=coast,land&hide=park_occupancy:c1,no_data&opacity=land:40&base=osm

const PLACE = 6;
const KEYS = ["map", "layers", "hide", "opacity", "base"];

/** Args: view - { zoom, lat, lng, layers, hidden, opacities, base }; whole - name the layers even where they are as usual. */
export function writeView(view, usualLayers = null) {
  const { zoom, lat, lng, layers, hidden, opacities, base } = view;
  const parts = [`map=${Number(zoom.toFixed(2))}/${lat.toFixed(PLACE)}/${lng.toFixed(PLACE)}`];
  const on = [...layers].sort().join(",");
  if (on !== usualLayers) parts.push(`layers=${on}`);
  const perLayer = (map, write) => [...map].sort().map(([id, value]) => `${id}:${write(value)}`).join(";");
  if (hidden.size) parts.push(`hide=${perLayer(hidden, (keys) => [...keys].sort().map(encodeURIComponent).join(","))}`);
  if (opacities.size) parts.push(`opacity=${perLayer(opacities, (value) => Math.round(value * 100))}`);
  if (base) parts.push(`base=${base}`);
  return `#${parts.join("&")}`;
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
    layers: take("layers", (text) => text.split(",").filter(Boolean)),
    hidden: take("hide", (text) => readPerLayer(text, (keys) => new Set(keys.split(",").filter(Boolean).map(decode)))),
    opacities: take("opacity", readOpacities),
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
