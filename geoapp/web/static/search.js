// The box in the head: finds as one types, by keyboard or pointer. Without scripts the form leads to a page of finds.

import { element } from "./map/dom.js";
import { fold } from "./map/format.js";

const WAIT_MS = 160;

class SearchBox {
  constructor(form) {
    this.form = form;
    this.input = form.querySelector("[name=q]");
    this.box = form.querySelector(".finds");
    this.chosen = -1;
    this.timer = null;
    this.describe();
    this.listen();
  }

  describe() {
    const { input, box } = this;
    const roles = { role: "combobox", "aria-autocomplete": "list", "aria-controls": box.id, "aria-expanded": "false" };
    for (const [name, value] of Object.entries(roles)) input.setAttribute(name, value);
    box.setAttribute("role", "listbox");
    box.setAttribute("aria-label", input.getAttribute("aria-label"));
  }

  listen() {
    const { form, input, box } = this;
    input.addEventListener("input", () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.ask(), WAIT_MS);
    });
    input.addEventListener("focus", () => {
      if (box.hidden && input.value.trim()) this.ask();
    });
    input.addEventListener("keydown", (event) => this.key(event));
    form.addEventListener("focusout", ({ relatedTarget }) => {
      if (!form.contains(relatedTarget)) this.leave();
    });
    // The pointer goes down before the focus goes: what it chooses must still be there.
    box.addEventListener("pointerdown", (event) => event.preventDefault());
    document.addEventListener("keydown", (event) => {
      if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.target.closest("input, textarea, select, [contenteditable]")) return;
      event.preventDefault();
      input.focus();
      input.select();
    });
  }

  key(event) {
    // Keys by which a letter with its marks is put together are none of ours.
    if (event.isComposing) return;
    if (event.key === "Escape") {
      if (!this.box.hidden) event.preventDefault();
      this.leave();
      return;
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (this.box.hidden) return;
    if (step) this.mark(this.chosen < 0 && step < 0 ? -1 : this.chosen + step);
    else if (event.key === "Enter" && this.chosen >= 0) this.options()[this.chosen].click();
    else return;
    event.preventDefault();
  }

  options() {
    return [...this.box.querySelectorAll("[role=option]")];
  }

  mark(at) {
    const all = this.options();
    this.chosen = all.length ? (at + all.length) % all.length : -1;
    all.forEach((one, i) => one.setAttribute("aria-selected", String(i === this.chosen)));
    const now = all[this.chosen];
    now?.scrollIntoView({ block: "nearest" });
    if (now) this.input.setAttribute("aria-activedescendant", now.id);
  }

  /** What was asked for and has not come yet is wanted no more. */
  drop() {
    clearTimeout(this.timer);
    this.last?.abort();
  }

  leave() {
    this.drop();
    this.close();
  }

  close() {
    this.box.hidden = true;
    this.chosen = -1;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }

  show(nodes) {
    this.close();
    this.box.replaceChildren(...nodes);
    this.box.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
  }

  async ask() {
    this.drop();
    if (!this.input.value.trim()) {
      this.close();
      return;
    }
    this.last = new AbortController();
    const url = new URL(this.form.dataset.search, location.href);
    for (const [name, value] of new FormData(this.form)) url.searchParams.set(name, value);
    try {
      const answer = await fetch(url, { signal: this.last.signal });
      if (!answer.ok) throw new TypeError(`${url}: ${answer.status}`);
      this.show(build(await answer.json(), this.form.dataset));
    } catch (error) {
      if (error.name === "AbortError") return;
      this.show([element("p", { class: "quiet", role: "alert" }, this.form.dataset.failed)]);
    }
  }
}

function build({ query, points, alike, groups }, words) {
  const nodes = [];
  if (points.length) {
    nodes.push(group(words.places, points.map((point) => option(point.wgs84, point.read_as, point.url, query))));
  }
  if (alike) nodes.push(element("p", { class: "quiet" }, words.alike));
  for (const { title, count, finds } of groups) {
    const head = count > finds.length ? `${title} (${count})` : title;
    nodes.push(group(head, finds.map(({ name, about, matched, url }) => option(name, matched ?? about, url, query))));
  }
  if (!nodes.length) return [element("p", { class: "quiet", role: "status" }, words.none.replace("{text}", () => query))];
  const options = nodes.flatMap((node) => [...node.querySelectorAll("[role=option]")]);
  options.forEach((node, i) => {
    node.id = `find-${i}`;
  });
  return nodes;
}

function group(title, finds) {
  const head = element("p", { class: "kind", "aria-hidden": "true" }, title);
  return element("div", { role: "group", "aria-label": title }, head, ...finds);
}

function option(name, about, url, query) {
  return element(
    "a",
    { role: "option", "aria-selected": "false", tabindex: "-1", href: url },
    element("span", { class: "name" }, ...marked(name, query)),
    about ? element("span", { class: "quiet" }, about) : null,
  );
}

/** The part of a name that was asked for stands out; accents do not count. */
function marked(name, query) {
  const letters = [...name.normalize("NFC")];
  const wanted = fold(query);
  const part = (from, to) => letters.slice(from, to).join("");
  for (let from = 0; from < letters.length; from += 1) {
    for (let to = from + 1; to <= letters.length && to - from <= wanted.length; to += 1) {
      if (fold(part(from, to)) === wanted) return [part(0, from), element("mark", {}, part(from, to)), part(to)];
    }
  }
  return [name];
}

for (const form of document.querySelectorAll("[data-search]")) new SearchBox(form);
// On a phone the pages stand in a line that is moved sideways: the one that is open is to be seen.
const here = document.querySelector(".top nav [aria-current]");
if (here) here.parentElement.scrollLeft = Math.max(0, here.offsetLeft + here.offsetWidth - here.parentElement.clientWidth);
