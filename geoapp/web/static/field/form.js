// One draft on the screen: what is typed, picked, drawn and photographed is on the device at once.

import { element } from "../map/dom.js";
import { formatNumber, say } from "../map/format.js";
import { Ground } from "./ground.js";
import { findPlace, formatBytes, readPhoto } from "./photos.js";
import { dropPhotos, findDraft, findPhoto, saveDraft, savePhoto } from "./store.js";

/** Whether a draft adds photos to a case, and flags no land of its own. */
export function isAddition(draft) {
  return (draft.case ?? null) !== null;
}

const MODES = { pick: "pickHint", area: "areaHint", point: "pointHint" };

/** The day it is in Viet Nam, by the clock of the device. */
export function today() {
  return new Date().toLocaleDateString("sv-SE", { timeZone: "Asia/Ho_Chi_Minh" });
}

export class DraftForm {
  /** Args: root - the form; words, language; limits - of photos; sent - called when the draft is to be sent; back. */
  constructor(root, { words, language, limits, sent, back }) {
    Object.assign(this, { root, words, language, limits, sent, back });
    this.urls = [];
    this.part = (name) => root.querySelector(`[data-${name}]`);
    this.ground = new Ground(this.part("ground"), { language, changed: () => this.placed() });
    this.fields = { reason: this.part("reason"), note: this.part("note"), observed_on: this.part("day"), case: this.part("case") };
    this.listen();
  }

  listen() {
    const press = (name, action) => this.part(name).addEventListener("click", action);
    for (const button of this.root.querySelectorAll("[data-mode]")) {
      button.addEventListener("click", () => this.ground.begin(button.dataset.mode));
    }
    press("centre", () => this.ground.addCentre());
    press("undo", () => this.ground.undo());
    press("end", () => this.ground.end());
    press("clear", () => this.ground.clear());
    press("here", () => this.showHere());
    press("back", () => this.back());
    for (const [name, field] of Object.entries(this.fields)) {
      field.addEventListener("input", () => this.change({ [name]: field.value }));
    }
    for (const name of ["take", "choose"]) {
      this.part(name).addEventListener("change", async ({ target }) => {
        const files = [...target.files];
        target.value = "";
        for (const file of files) await this.add(file);
      });
    }
    this.root.addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit();
    });
  }

  /** Show a draft over its park. */
  async show(draft, park) {
    this.draft = draft;
    this.root.classList.toggle("adding", isAddition(draft));
    this.fields.observed_on.max = today();
    for (const [name, field] of Object.entries(this.fields)) field.value = draft[name] ?? "";
    if (this.ground.park !== park) this.ground.show(park);
    this.ground.map.invalidateSize();
    this.ground.take(draft);
    this.tellFaults(draft.problem?.kind === "refused" ? { [draft.problem.parameter ?? "other"]: draft.problem.text } : {});
    this.part("saved").textContent = "";
    this.tellPlace();
    await this.showPhotos();
  }

  /** What was changed is on the disk before anything else; a draft that was announced becomes another report. */
  async change(changes) {
    const renewed = this.draft.announced ? { report: crypto.randomUUID(), announced: false, arrived: 0 } : {};
    this.draft = { ...this.draft, ...renewed, ...changes, state: "draft", problem: null };
    await this.keep(() => saveDraft(this.draft));
  }

  async keep(work) {
    try {
      await work();
      const time = new Date().toLocaleTimeString(this.language === "vi" ? "vi-VN" : "en-GB");
      this.part("saved").textContent = say(this.words.saved, { time });
      return true;
    } catch (error) {
      console.warn("keeping:", error);
      this.tellFaults({ other: this.words.full });
      return false;
    }
  }

  async placed() {
    this.tellPlace();
    if (this.ground.mode !== "pick") return;
    const { picked, shape } = this.ground;
    await this.change({ plots: [...picked].sort(), geometry: shape });
  }

  tellPlace() {
    const { ground, words } = this;
    for (const button of this.root.querySelectorAll("[data-mode]")) {
      button.setAttribute("aria-pressed", String(button.dataset.mode === ground.mode));
    }
    const isDrawing = ground.mode === "area";
    this.part("drawing").hidden = !isDrawing;
    this.part("ground").classList.toggle("aiming", isDrawing);
    this.part("clear").hidden = isDrawing || !ground.shape;
    this.part("hint").textContent = words[MODES[ground.mode]];
    const fault = isDrawing && ground.corners.length ? ground.fault() : null;
    this.part("end").disabled = isDrawing && ground.fault() !== null;
    this.part("undo").disabled = ground.corners.length === 0;
    const outside = !isDrawing && ground.isOutside() ? words.outside : "";
    this.faultOf("geometry").textContent = fault === "crosses" ? words.crosses : outside;
    const what = [...ground.picked].sort();
    const shape = ground.shape?.type === "Point" ? words.point : ground.area() && say(words.area, { area: ground.area() });
    this.part("picked").textContent = say(words.picked, { what: [...what, shape].filter(Boolean).join(", ") || words.nothing });
  }

  async showHere() {
    const place = await findPlace();
    const { words, language } = this;
    if (place) this.ground.showHere(place);
    const told = place ? say(words.here, { accuracy: formatNumber(place.accuracy_m, 0, language) }) : words.hereFailed;
    this.part("hint").textContent = told;
  }

  async add(file) {
    const { words, limits } = this;
    // Asked while the photo is read: the place is that of the moment in which it was added.
    const place = findPlace();
    const refuse = (fault, name) =>
      this.tellFaults({ photos: say(words[fault], { name, most: fault === "photoMost" ? limits.photos : limits.bytes / 1e6 }) });
    if (this.draft.photos.length >= limits.photos) return refuse("photoMost", file.name);
    const read = await readPhoto(file, limits);
    if (read.fault) return refuse(read.fault, read.name);
    const { body, ...photo } = read;
    if (this.draft.photos.some(({ sha256 }) => sha256 === photo.sha256)) return refuse("photoTwice", photo.name);
    const key = this.draft.key;
    photo.device = await place;
    if (this.draft.key !== key) return;
    const photos = [...this.draft.photos, photo];
    await this.change({ photos });
    if (!(await this.keep(() => savePhoto(this.draft, photo.sha256, body)))) {
      await this.change({ photos: photos.filter((one) => one !== photo) });
      return;
    }
    this.faultOf("photos").textContent = "";
    await this.showPhotos();
  }

  async showPhotos() {
    this.urls.splice(0).forEach((url) => URL.revokeObjectURL(url));
    const { draft, words } = this;
    const rows = [];
    for (const photo of draft.photos) rows.push(await this.photoRow(photo));
    this.part("photos").replaceChildren(...rows);
    this.part("photo-count").textContent = say(words.photoCount, { count: draft.photos.length });
  }

  async photoRow({ sha256, name, type, bytes }) {
    const body = await findPhoto(this.draft.key, sha256);
    const url = URL.createObjectURL(new Blob([body ?? new ArrayBuffer(0)], { type }));
    this.urls.push(url);
    const remove = element("button", { type: "button", "aria-label": say(this.words.photoRemove, { name }) }, "×");
    remove.addEventListener("click", () => this.removePhoto(sha256));
    const size = formatBytes(bytes, this.language);
    const failed = this.draft.problem?.photo === sha256;
    return element("li", { class: failed ? "failed" : "" }, element("img", { src: url, alt: name }), element("span", { class: "quiet" }, size), remove);
  }

  async removePhoto(sha256) {
    const photos = this.draft.photos.filter((one) => one.sha256 !== sha256);
    await this.change({ photos });
    await dropPhotos(this.draft, [sha256]);
    this.tellFaults({});
    await this.showPhotos();
  }

  async submit() {
    const { words, draft } = this;
    const faults = {};
    if (isAddition(draft)) {
      if (!/^[1-9][0-9]{0,8}$/.test(draft.case)) faults.case = words.needsCase;
      if (!draft.photos.length) faults.photos = words.needsPhoto;
    } else {
      this.checkFlag(faults);
    }
    if (!draft.observed_on || draft.observed_on > today()) faults.observed_on = words.needsDay;
    this.tellFaults(faults);
    if (Object.keys(faults).length === 0) await this.sent(await findDraft(draft.key));
  }

  checkFlag(faults) {
    const { words, draft } = this;
    const { mode } = this.ground;
    if (mode !== "pick") faults.geometry = (mode === "area" && words[this.ground.fault()]) || words.unfinished;
    else if (!draft.plots.length && !draft.geometry) faults.geometry = words.needsPlace;
    if (!draft.reason) faults.reason = words.needsReason;
    if (draft.reason === "other" && !draft.note.trim()) faults.note = words.needsNote;
  }

  faultOf(name) {
    return this.root.querySelector(`[data-fault="${name}"]`) ?? this.root.querySelector('[data-fault="other"]');
  }

  /** Say what is wrong beside each field, and go to the first. */
  tellFaults(faults) {
    for (const place of this.root.querySelectorAll("[data-fault]")) place.textContent = "";
    const names = { plots: "geometry", park: "geometry", photo: "photos" };
    const told = Object.entries(faults).map(([name, text]) => {
      const place = this.faultOf(names[name] ?? name);
      place.textContent = text;
      return place;
    });
    told[0]?.scrollIntoView({ block: "center" });
  }
}
