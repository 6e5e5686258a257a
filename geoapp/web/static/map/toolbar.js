// The tools of the map: a row of words at its upper edge, folded behind one button where the map is narrow, and a card
// below it in which a tool says what it found.

import { element } from "./dom.js";

const NARROW_PX = 700;

export class Toolbar {
  constructor(map, stage) {
    this.map = map;
    this.stage = stage;
    this.words = map.geoapp.options.words;
    this.bar = element("div", { class: "tools-bar", id: "tools-bar", role: "group", "aria-label": this.words.tools });
    this.fold = element(
      "button",
      { type: "button", class: "tools-fold", "aria-expanded": "false", "aria-controls": "tools-bar" },
      this.words.tools,
    );
    this.fold.addEventListener("click", () => this.unfold(this.fold.getAttribute("aria-expanded") !== "true"));
    this.card = element("div", { class: "tool-card" });
    const box = element("div", { class: "tools" }, this.fold, this.bar, this.card);
    box.addEventListener("keydown", (event) => this.closeOnEscape(event));
    L.DomEvent.disableClickPropagation(box);
    L.DomEvent.disableScrollPropagation(box);
    const control = L.control({ position: "topright" });
    control.onAdd = () => box;
    control.addTo(map);
    this.notices = this.card.appendChild(element("div", { class: "tool-notices", role: "status" }));
    this.tellHeights(box.parentElement);
  }

  isNarrow() {
    return this.stage.clientWidth <= NARROW_PX;
  }

  /** A tool. Args: press - may be asynchronous; toggles - whether the button says that the tool is on. */
  add({ word, title = word, press, toggles = false }) {
    const button = element("button", { type: "button", title }, word);
    if (toggles) button.setAttribute("aria-pressed", "false");
    button.addEventListener("click", async () => {
      this.pressed = button;
      this.unfold(false);
      try {
        await press();
      } catch (error) {
        console.warn("tool:", error);
        this.tell(this.words.toolFailed);
      }
    });
    this.bar.append(button);
    return { button, mark: (isOn) => button.setAttribute("aria-pressed", String(isOn)) };
  }

  /** A part of the card for one tool, hidden at first. */
  part(name, close) {
    const title = element("h2", { id: `tool-${name}` });
    const button = element("button", { type: "button", class: "tool-close", "aria-label": this.words.close }, "×");
    button.addEventListener("click", () => this.putAway(close));
    const body = element("div", { class: "tool-body" });
    const node = element("section", { class: `tool-part tool-${name}`, "aria-labelledby": title.id, hidden: true });
    node.append(element("header", {}, title, button), body);
    this.card.append(node);
    const show = (text) => {
      title.textContent = text;
      node.hidden = false;
      this.makeRoom();
    };
    return { node, body, show, hide: () => (node.hidden = true) };
  }

  /** Say something that stays until it is put away; what the same source said before goes. */
  tell(text, { source = "any", extra = null } = {}) {
    this.silence(source);
    const close = element("button", { type: "button", class: "tool-close", "aria-label": this.words.close }, "×");
    const note = element("div", { class: "tool-notice", "data-source": source }, element("p", {}, text), extra, close);
    close.addEventListener("click", () => this.putAway(() => note.remove()));
    this.notices.append(note);
    return note;
  }

  /** What is closed gives the focus back to the tool that it came from, or to the button that the tools are folded behind. */
  putAway(close) {
    close();
    const folded = this.fold.offsetWidth > 0;
    (folded ? this.fold : this.pressed)?.focus();
  }

  silence(source) {
    for (const note of this.notices.querySelectorAll(`[data-source="${source}"]`)) note.remove();
  }

  unfold(isOpen) {
    this.fold.setAttribute("aria-expanded", String(isOpen));
    this.bar.classList.toggle("open", isOpen);
    if (isOpen) this.makeRoom();
  }

  closeOnEscape(event) {
    if (event.key !== "Escape" || this.fold.getAttribute("aria-expanded") !== "true") return;
    event.stopPropagation();
    this.unfold(false);
    this.fold.focus();
  }

  /** On a small screen what would lie over the card gives way. */
  makeRoom() {
    if (!this.isNarrow()) return;
    const fold = this.stage.querySelector(".legend .fold");
    if (fold?.getAttribute("aria-expanded") === "true") fold.click();
    const hello = document.querySelector("[data-hello]");
    if (hello) hello.hidden = true;
    const sheet = document.querySelector(".sheet");
    if (sheet) sheet.dataset.sheet = "low";
  }

  /** The style sheet keeps the legend below the tools, and the overview above the line under the map. */
  tellHeights(corner) {
    const foot = this.stage.querySelector(".foot");
    const tell = () => {
      const box = this.stage.getBoundingClientRect();
      const ends = [corner, this.bar, this.card].map((node) => node.getBoundingClientRect()).filter(({ height }) => height);
      this.stage.style.setProperty("--tools-end", `${Math.ceil(Math.max(...ends.map(({ bottom }) => bottom - box.top)))}px`);
      const free = foot ? foot.getBoundingClientRect().top - box.top : box.height;
      this.stage.style.setProperty("--free", `${Math.floor(free)}px`);
      const start = foot ? box.bottom - foot.getBoundingClientRect().top : 0;
      this.stage.style.setProperty("--foot-start", `${Math.ceil(start)}px`);
    };
    const watcher = new ResizeObserver(tell);
    for (const node of [this.stage, corner, this.bar, this.card, foot]) if (node) watcher.observe(node);
    // The line under the map moves with the sheet of the list.
    foot?.addEventListener("transitionend", tell);
  }
}
