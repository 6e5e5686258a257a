// Where something is: under the pointer, in the middle of the map, or at a pinned place; in WGS 84 and in VN-2000.

import { copyText, textField } from "./clipboard.js";
import { element } from "./dom.js";
import { formatNumber, say } from "./format.js";

const KEY = "geoapp.degrees";
const ARROWS = /^Arrow/;

export function addCoordinates(map, toolbar) {
  const { words } = toolbar;
  const tool = new Coordinates(map, toolbar);
  tool.button = toolbar.add({
    word: words.toolCoordinates,
    title: words.toolCoordinatesTitle,
    press: () => tool.toggle(),
    toggles: true,
  });
}

class Coordinates {
  constructor(map, toolbar) {
    this.map = map;
    this.toolbar = toolbar;
    this.words = toolbar.words;
    this.isOn = false;
    this.pin = null;
    this.under = null;
    this.mark = L.circleMarker([0, 0], { pane: "measure", interactive: false, className: "measure-point", radius: 5, weight: 2, fillOpacity: 1 });
    this.part = toolbar.part("coordinates", () => this.leave());
  }

  toggle() {
    return this.isOn ? this.leave() : this.enter();
  }

  async enter() {
    const { map, words } = this;
    this.vn2000 ??= await import("./vn2000.js");
    if (!this.where) this.build();
    this.isOn = true;
    this.button.mark(true);
    map.getContainer().addEventListener("pointermove", this.onPointer);
    map.on("move", this.show, this);
    map.on("click contextmenu", this.setPin, this);
    map.getContainer().addEventListener("keydown", this.onKey);
    this.part.show(words.toolCoordinates);
    this.show();
  }

  leave() {
    const { map } = this;
    this.isOn = false;
    this.button.mark(false);
    map.getContainer().removeEventListener("pointermove", this.onPointer);
    map.off("move", this.show, this);
    map.off("click contextmenu", this.setPin, this);
    map.getContainer().removeEventListener("keydown", this.onKey);
    this.clearPin();
    map.getContainer().classList.remove("has-cross");
    this.part.hide();
  }

  build() {
    const { words, vn2000 } = this;
    this.onPointer = (event) => this.follow(event);
    // Whoever moves the map by keys reads its middle.
    this.onKey = ({ key }) => {
      if (ARROWS.test(key)) this.under = null;
    };
    this.where = element("span", { class: "quiet" });
    this.unpin = element("button", { type: "button", class: "plain-button" }, words.unpin);
    this.unpin.addEventListener("click", () => {
      this.clearPin();
      this.show();
    });
    this.form = choice(words.degreesForm, [["decimal", words.decimalDegrees], ["dms", words.degreesMinutes]]);
    this.form.value = recall() ?? "decimal";
    this.form.addEventListener("change", () => {
      remember(this.form.value);
      this.show();
    });
    const zones = vn2000.zones.map(({ epsg, meridian, provinces }) => [
      String(epsg),
      say(words.vnProvinces, { meridian, provinces: provinces.join(", ") }),
    ]);
    this.zone = choice(words.vnZone, zones);
    this.zone.value = String(vn2000.zoneOf(this.map.geoapp.options.former_province).epsg);
    this.zone.addEventListener("change", () => this.show());
    this.wgs = line(() => this.copy(this.wgs.text));
    this.vn = line(() => this.copy(this.vn.text));
    const row = (name, select) => element("div", { class: "system" }, element("b", {}, name), select);
    const more = element(
      "details",
      { class: "tool-more" },
      element("summary", {}, words.coordinateForms),
      row("WGS 84", this.form),
      row("VN-2000", this.zone),
      element("p", { class: "quiet" }, words.vnAccuracy, ". ", words.pinHint),
    );
    more.open = !this.toolbar.isNarrow();
    this.part.body.append(element("div", { class: "tool-row" }, this.where, this.unpin), this.wgs.node, this.vn.node, more);
  }

  async copy(text) {
    const { words, toolbar } = this;
    if (await copyText(text)) toolbar.tell(say(words.copied, { text }), { source: "copy" });
    else toolbar.tell(words.copyFailed, { source: "copy", extra: textField(text, words.toolCoordinates) });
  }

  follow(event) {
    // A finger is on the map for a moment only; the middle of the map is what it can aim with.
    if (event.pointerType !== "mouse" || event.target.closest(".leaflet-control")) return;
    this.under = this.map.mouseEventToContainerPoint(event);
    this.show();
  }

  setPin({ latlng, originalEvent }) {
    originalEvent?.preventDefault?.();
    this.pin = latlng;
    this.mark.setLatLng(latlng).addTo(this.map);
    this.show();
  }

  clearPin() {
    this.pin = null;
    this.mark.remove();
  }

  show() {
    const { map, words, pin, under } = this;
    const place = pin ?? (under ? map.containerPointToLatLng(under) : map.getCenter());
    this.where.textContent = pin ? words.pinned : under ? words.underPointer : words.atCentre;
    this.unpin.hidden = !pin;
    map.getContainer().classList.toggle("has-cross", !pin && !under);
    this.fill(place);
  }

  fill({ lat, lng }) {
    const { words, wgs, vn } = this;
    const { language } = this.map.geoapp.options;
    const isDecimal = this.form.value === "decimal";
    const write = isDecimal ? (degrees) => `${formatNumber(degrees, 6, language)}°` : (degrees) => sexagesimal(degrees, language);
    wgs.name.textContent = "WGS 84";
    wgs.value.textContent = say(words.latLon, { lat: write(lat), lon: write(lng) });
    wgs.text = isDecimal
      ? `${lat.toFixed(6)}, ${lng.toFixed(6)}`
      : `${sexagesimal(lat, null)}N ${sexagesimal(lng, null)}E`;
    const epsg = Number(this.zone.value);
    const { e, n } = this.vn2000.toVn2000(lng, lat, epsg);
    vn.name.textContent = `VN-2000 ${this.vn2000.zones.find((zone) => zone.epsg === epsg).meridian}`;
    vn.value.textContent = say(words.vnPlace, { e: formatNumber(e, 1, language), n: formatNumber(n, 1, language) });
    vn.text = `E ${e.toFixed(1)} N ${n.toFixed(1)} EPSG:${epsg}`;
  }
}

/** A place in one system; a click copies it as programs read it. */
function line(copy) {
  const name = element("span", { class: "quiet" });
  const value = element("span", { class: "figure" });
  const node = element("button", { type: "button", class: "copy-line" }, name, value);
  node.addEventListener("click", copy);
  return { node, name, value, text: "" };
}

/** 20°25′12,00″. Args: language - of the decimals; null: a full stop and plain signs, as programs read it. */
export function sexagesimal(degrees, language) {
  // Rounded once, so that no 60″ come out.
  const hundredths = Math.round(Math.abs(degrees) * 360_000);
  const d = Math.floor(hundredths / 360_000);
  const m = Math.floor((hundredths % 360_000) / 6000);
  const s = (hundredths % 6000) / 100;
  const sign = degrees < 0 ? "-" : "";
  const two = (value) => String(value).padStart(2, "0");
  if (language === null) return `${sign}${d}°${two(m)}'${s.toFixed(2).padStart(5, "0")}"`;
  const seconds = formatNumber(s, 2, language);
  return `${sign}${d}°${two(m)}′${s < 10 ? "0" : ""}${seconds}″`;
}

function choice(label, options) {
  return element("select", { "aria-label": label }, ...options.map(([value, text]) => element("option", { value }, text)));
}

function recall() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    // A browser that keeps nothing shows decimal degrees.
    return null;
  }
}

function remember(form) {
  try {
    localStorage.setItem(KEY, form);
  } catch {
    // Chosen for this visit only.
  }
}
