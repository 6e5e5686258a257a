// Printing: the page becomes a sheet around its map, whichever way the print was asked for, and becomes a page again.

import { sheetFoot, sheetHead, sheetLegend, sheetScale } from "./print-sheet.js";

const WAIT_MS = 4000;
// On the sheet the map is drawn so large that it fills an A4 page upright and across; what is seen now lies in the part
// that both show. In millimetres, as in css/print.css.
const DRAWN = [211, 190];
const BOTH = [190, 158];
const PX_PER_MM = 96 / 25.4;

export function addPrint(map, toolbar) {
  const { words } = toolbar;
  const sheet = new Sheet(map, toolbar.stage);
  map.geoapp.seen = () => seen(map, toolbar.stage);
  toolbar.add({
    word: words.toolPrint,
    title: words.toolPrintTitle,
    press: async () => {
      sheet.catalogue = await map.geoapp.catalogue();
      sheet.lay();
      await settled(map);
      sheet.tellMissing();
      window.print();
    },
  });
  window.addEventListener("beforeprint", () => sheet.lay());
  window.addEventListener("afterprint", () => sheet.clear());
  // Also a print from the menu of the browser needs it at once.
  map.geoapp.catalogue().then((catalogue) => (sheet.catalogue = catalogue), () => {});
}

class Sheet {
  constructor(map, stage) {
    this.map = map;
    this.stage = stage;
    this.parts = [];
    this.catalogue = { layers: [] };
  }

  lay() {
    const { map, stage } = this;
    if (map.geoapp.isPrinting) return;
    map.geoapp.isPrinting = true;
    map.closePopup();
    this.view = { centre: map.getCenter(), zoom: map.getZoom(), limits: map.options.maxBounds };
    // While the size of the map changes nothing may pull it back into its limits.
    map.setMaxBounds(null);
    const bounds = seen(map, stage);
    const head = sheetHead(map);
    const foot = sheetFoot(map);
    document.documentElement.classList.add("printing");
    this.away = besides(stage);
    for (const node of this.away) node.classList.add("print-away");
    map.invalidateSize({ pan: false, animate: false });
    const padding = DRAWN.map((length, i) => ((length - BOTH[i]) / 2) * PX_PER_MM);
    map.fitBounds(bounds, { animate: false, padding });
    map.geoapp.drawLabels();
    const scale = sheetScale(map);
    stage.before(head);
    stage.append(scale);
    const legend = sheetLegend(map, this.catalogue);
    stage.after(legend, foot);
    this.parts = [head, scale, legend, foot];
    this.missing = foot.querySelector(".print-missing");
    this.tellMissing();
  }

  /** A print from the menu of the browser waits for nothing: what has not come yet is told on the sheet. */
  tellMissing() {
    this.missing.hidden = coming(this.map).length === 0;
  }

  clear() {
    const { map } = this;
    if (!map.geoapp.isPrinting) return;
    for (const part of this.parts) part.remove();
    for (const node of this.away) node.classList.remove("print-away");
    document.documentElement.classList.remove("printing");
    map.invalidateSize({ pan: false, animate: false });
    map.setView(this.view.centre, this.view.zoom, { animate: false });
    map.setMaxBounds(this.view.limits);
    map.geoapp.isPrinting = false;
  }
}

/** All of the page that is neither the map nor around it; patterns are not drawn where they are taken away. */
function besides(stage) {
  const nodes = [];
  for (let node = stage; node !== document.body; node = node.parentElement) {
    nodes.push(...[...node.parentElement.children].filter((one) => one !== node && one.id !== "patterns"));
  }
  return nodes;
}

/** What a reader sees of the map, clear of the legend beside it and the line under it. */
function seen(map, stage) {
  const box = stage.getBoundingClientRect();
  const legend = stage.querySelector(".legend").getBoundingClientRect();
  const foot = stage.querySelector(".foot")?.getBoundingClientRect() ?? { top: box.bottom };
  const isBeside = legend.left - box.left > box.width / 2;
  const corner = [isBeside ? legend.left - box.left : box.width, foot.top - box.top];
  return L.latLngBounds(map.containerPointToLatLng([0, 0]), map.containerPointToLatLng(corner));
}

/** What comes by pieces has come, or does not come soon. */
async function settled(map) {
  const loaded = coming(map).map((grid) => new Promise((resolve) => grid.once("load", resolve)));
  await Promise.race([Promise.all(loaded), new Promise((resolve) => setTimeout(resolve, WAIT_MS))]);
  map.geoapp.drawLabels();
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
}

/** What is drawn tile by tile and has not come yet. */
function coming(map) {
  const layers = [...map.geoapp.layers.values()].filter((layer) => map.hasLayer(layer));
  return [map.geoapp.base?.tiles, ...layers.map(({ grid }) => grid)].filter((grid) => grid?.isLoading());
}
