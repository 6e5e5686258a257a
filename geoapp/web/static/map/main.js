// The client of the Folium map: called by the script that Folium writes into the page.

import { addChanges } from "./changes.js";
import { addControls } from "./controls.js";
import { asBounds, keepWithin } from "./edge.js";
import { addHello } from "./hello.js";
import { CatalogLayer } from "./layer.js";
import { addLabels } from "./labels.js";
import { addLegend } from "./legend.js";
import { Away } from "./recovery.js";
import { addLive } from "./live.js";
import { addSheet } from "./page.js";
import { addPin } from "./pin.js";
import { Pointer } from "./pointer.js";
import { addPlace } from "../place/place.js";
import { addThemes } from "./themes.js";
import { TiledLayer } from "./tiled-layer.js";
import { addTimeline } from "./timeline.js";
import { addTools } from "./tools.js";

export { createImagery } from "./imagery.js";

const SMALL_SCREEN_PX = 700;

let words = {};

/** What the page says in its language; to be called before a map is made. */
export function speak(given) {
  words = given;
}

export function createMap(id, request) {
  const { bounds, limits, ...rest } = request;
  const options = { words, ...rest };
  const map = L.map(id, { zoomControl: false, attributionControl: false, zoomSnap: 0.25, maxZoom: 19 });
  const stage = map.getContainer().parentElement;
  // For the console of who looks after the program, and for its tests.
  window.geoappMap = map;
  const catalogue = fetchOnce(options.catalogue);
  map.geoapp = { options, limits: limits && asBounds(limits), layers: new Map(), catalogue, goHome, popupMargins };
  map.geoapp.pointer = new Pointer(map);
  goHome();
  if (limits) keepWithin(map, asBounds(limits));
  addControls(map, stage);
  addLegend(map, stage.querySelector("[data-legend]"));
  addLabels(map);
  addPin(map);
  addHello(map);
  addLive(map);
  addThemes(map);
  addChanges(map);
  addTimeline(map);
  addPlace(map);
  addTools(map, stage);
  addSheet(map, document.querySelector(".sheet"));
  return map;

  /** An open popup lies clear of scale and attribution, of the days below, and of the legend where there is room. */
  function popupMargins() {
    const isNarrow = stage.clientWidth <= 700;
    const legend = stage.querySelector("[data-legend]").offsetWidth;
    const foot = stage.querySelector(".foot")?.offsetHeight ?? 0;
    if (isNarrow) {
      // The tools are folded at the right edge.
      const width = stage.clientWidth - 130;
      return { minWidth: width, maxWidth: width, autoPanPaddingTopLeft: [12, 122], autoPanPaddingBottomRight: [78, foot + 20] };
    }
    const right = stage.clientWidth > 900 ? legend + 20 : 60;
    return { autoPanPaddingTopLeft: [12, 92], autoPanPaddingBottomRight: [right, foot + 20] };
  }

  function goHome() {
    map.fitBounds(asBounds(bounds), { animate: false, ...margins(stage) });
  }
}

export function createLayer(map, address) {
  return address.tiles ? new TiledLayer(map, address) : new CatalogLayer(map, address);
}

/** What lies over the map must not hide what it is about. */
function margins(stage) {
  if (window.innerWidth <= SMALL_SCREEN_PX) {
    const sheet = document.querySelector(".sheet")?.getBoundingClientRect();
    const covered = sheet ? Math.max(stage.getBoundingClientRect().bottom - sheet.top, 0) : 0;
    return { paddingTopLeft: [12, 12], paddingBottomRight: [12, covered ? covered + 48 : 60] };
  }
  const legend = stage.querySelector("[data-legend]").offsetWidth;
  return { paddingTopLeft: [16, 12], paddingBottomRight: [stage.clientWidth > 700 ? legend + 20 : 16, 52] };
}

/** A function that fetches at the first call, and again only after a failure. */
function fetchOnce(url) {
  let kept = null;
  return () => {
    kept ??= fetchJson(url).catch((error) => {
      kept = null;
      throw error;
    });
    return kept;
  };
}

async function fetchJson(url) {
  const answer = await fetch(url);
  if (answer.status === 503) throw new Away(url);
  if (!answer.ok) throw new TypeError(`${url}: ${answer.status}`);
  return answer.json();
}
