// Measuring on the map: points by click, tap or key; the result stays until it is cleared.

import { element } from "./dom.js";

const TWICE_MS = 350;
const TWICE_PX = 10;
const LEAST = { length: 2, area: 3 };
const KEYS = { Enter: "end", Escape: "clear", Backspace: "undo", " ": "addCentre" };

export function addMeasure(map, toolbar) {
  const pane = map.createPane("measure");
  pane.style.zIndex = "660";
  pane.style.pointerEvents = "none";
  const measure = new Measure(map, toolbar);
  const { words } = toolbar;
  for (const [kind, word] of [["length", words.toolLength], ["area", words.toolArea]]) {
    measure.buttons[kind] = toolbar.add({ word, press: () => measure.press(kind), toggles: true });
  }
}

class Measure {
  constructor(map, toolbar) {
    this.map = map;
    this.toolbar = toolbar;
    this.words = toolbar.words;
    this.buttons = {};
    this.places = [];
    this.kind = null;
    this.isDrawing = false;
    this.part = toolbar.part("measure", () => this.clear());
    this.drawn = L.layerGroup().addTo(map);
    this.sheet = element("div", { class: "capture" });
    this.listen();
    this.build();
  }

  listen() {
    const { sheet, map } = this;
    sheet.addEventListener("click", (event) => this.click(event));
    // Neither a popup nor a zoom comes of a click while somebody measures; dragging and the wheel go through to the map.
    for (const name of ["dblclick", "contextmenu"]) sheet.addEventListener(name, L.DomEvent.stop);
    sheet.addEventListener("pointermove", (event) => {
      // A finger has no place between two taps.
      if (event.pointerType !== "mouse") return;
      this.pointer = map.mouseEventToLatLng(event);
      this.show();
    });
    sheet.addEventListener("pointerleave", () => {
      this.pointer = null;
      this.show();
    });
    this.onKey = (event) => this.key(event);
  }

  build() {
    const { words } = this;
    const button = (word, action) => {
      const made = element("button", { type: "button", class: "plain-button" }, word);
      made.addEventListener("click", () => this[action]());
      return made;
    };
    this.values = element("dl", { class: "measured" });
    this.hint = element("p", { class: "quiet" });
    this.said = element("p", { class: "sr", role: "status" });
    this.add = button(words.measureAdd, "addCentre");
    this.add.title = words.measureAddTitle;
    this.back = button(words.measureUndo, "undo");
    this.finish = button(words.measureEnd, "end");
    this.wipe = button(words.measureClear, "clear");
    const row = element("div", { class: "tool-row" }, this.add, this.back, this.finish, this.wipe);
    this.part.body.append(this.values, this.hint, row, this.said);
  }

  async press(kind) {
    const wasOn = this.isDrawing && this.kind === kind;
    this.clear();
    if (!wasOn) await this.start(kind);
  }

  async start(kind) {
    this.geodesy ??= await import("./geodesy.js");
    const { map, words } = this;
    this.kind = kind;
    this.isDrawing = true;
    this.buttons[kind].mark(true);
    map.closePopup();
    const box = map.getContainer();
    box.append(this.sheet);
    box.classList.add("measuring");
    document.addEventListener("keydown", this.onKey, true);
    const isTouch = window.matchMedia("(hover: none)").matches;
    this.hint.textContent = isTouch ? words.measureTouch : words.measureHint;
    this.part.show(kind === "length" ? words.toolLength : words.toolArea);
    box.focus({ preventScroll: true });
    this.show();
    this.said.textContent = this.hint.textContent;
  }

  stop() {
    this.isDrawing = false;
    this.pointer = null;
    this.sheet.remove();
    this.map.getContainer().classList.remove("measuring");
    document.removeEventListener("keydown", this.onKey, true);
    if (this.kind) this.buttons[this.kind].mark(false);
  }

  click(event) {
    event.stopPropagation();
    if (this.map.dragging.moved()) return;
    const { timeStamp, clientX, clientY } = event;
    const last = this.clicked;
    this.clicked = { timeStamp, clientX, clientY };
    const isSecond =
      last && timeStamp - last.timeStamp < TWICE_MS && Math.hypot(clientX - last.clientX, clientY - last.clientY) < TWICE_PX;
    if (isSecond) this.end();
    else this.addPlace(this.map.mouseEventToLatLng(event));
  }

  key(event) {
    const action = KEYS[event.key];
    if (!action) return;
    // A button or a field that has the focus keeps its own keys.
    if (event.key !== "Escape" && event.target.closest?.("button, input, select, textarea, a, summary")) return;
    event.preventDefault();
    event.stopPropagation();
    this[action]();
  }

  addPlace(place) {
    this.places.push(place);
    this.show();
    this.said.textContent = this.values.innerText;
  }

  addCentre() {
    this.addPlace(this.map.getCenter());
  }

  undo() {
    this.places.pop();
    this.show();
  }

  end() {
    if (this.places.length < LEAST[this.kind]) return;
    this.stop();
    this.show();
    this.said.textContent = this.values.innerText;
  }

  clear() {
    this.stop();
    this.places = [];
    this.drawn.clearLayers();
    this.part.hide();
  }

  show() {
    const { places, pointer, isDrawing } = this;
    const all = isDrawing && pointer && places.length ? [...places, pointer] : places;
    this.draw(all);
    this.values.replaceChildren(...this.tell(all));
    this.hint.hidden = !isDrawing || (this.toolbar.isNarrow() && places.length > 0);
    for (const button of [this.add, this.back, this.finish]) button.hidden = !isDrawing;
    this.wipe.hidden = isDrawing;
    this.back.disabled = places.length === 0;
    this.finish.disabled = places.length < LEAST[this.kind];
  }

  draw(all) {
    const look = { pane: "measure", interactive: false };
    const isArea = this.kind === "area" && all.length > 2;
    const shape = { ...look, className: isArea ? "measure-line measure-area" : "measure-line", weight: 2.5, fillOpacity: 0.12 };
    this.drawn.clearLayers();
    this.drawn.addLayer(isArea ? L.polygon(all, shape) : L.polyline(all, shape));
    for (const place of this.places) {
      this.drawn.addLayer(L.circleMarker(place, { ...look, className: "measure-point", radius: 4, weight: 2, fillOpacity: 1 }));
    }
  }

  tell(all) {
    const { geodesy, words, kind } = this;
    const { language } = this.map.geoapp.options;
    const row = (title, value) => [element("dt", {}, title), element("dd", {}, value)];
    const length = (places) => geodesy.formatLength(geodesy.lengthOf(places), language);
    if (kind === "length") {
      const last = all.length > 2 ? row(words.measureLast, length(all.slice(-2))) : [];
      return [...row(words.measureLength, length(all)), ...last];
    }
    if (all.length < 3) return row(words.measureArea, "–");
    if (geodesy.crosses(all)) return [element("dd", { class: "warn" }, words.measureCrosses)];
    const { area, perimeter } = geodesy.areaOf(all);
    const [main, more] = geodesy.formatArea(area, language);
    return [
      ...row(words.measureArea, main),
      ...(more ? row("", more) : []),
      ...row(words.measurePerimeter, geodesy.formatLength(perimeter, language)),
    ];
  }
}
