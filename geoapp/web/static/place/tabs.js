// Tabs of a place: each is a page of its own that is put into this one when it is first chosen.

import { atDay, shownDay } from "../map/day.js";
import { element } from "../map/dom.js";
import { SWAPPED } from "../map/live.js";
import { MapTable } from "./table.js";

const STEPS = { ArrowRight: 1, ArrowLeft: -1, Home: -Infinity, End: Infinity };

export function addTabs(map) {
  const home = document.querySelector("[data-tabs]");
  if (!home) return;
  const tabs = [...home.querySelectorAll("[role=tab]")].map((tab) => ({
    tab,
    name: tab.dataset.tab,
    panel: home.querySelector(`[data-panel="${tab.dataset.tab}"]`),
    isFetched: tab.dataset.tab !== "trends",
    table: null,
    shown: null,
  }));
  const choose = (one, isAsked) => {
    for (const each of tabs) {
      const isOn = each === one;
      each.tab.setAttribute("aria-selected", String(isOn));
      each.tab.tabIndex = isOn ? 0 : -1;
      each.panel.hidden = !isOn;
      each.table?.setActive(isOn);
    }
    if (one.isFetched) fetchPanel(map, one);
    if (isAsked) remember(one === tabs[0] ? null : one.name);
  };
  for (const one of tabs) {
    one.tab.addEventListener("click", (event) => {
      event.preventDefault();
      choose(one, true);
    });
    one.tab.addEventListener("keydown", (event) => {
      if (event.key === " ") one.tab.click();
      const step = STEPS[event.key];
      if (!step && event.key !== " ") return;
      event.preventDefault();
      if (!step) return;
      const next = tabs[Math.min(Math.max(tabs.indexOf(one) + step, 0), tabs.length - 1)];
      next.tab.focus();
      choose(next, true);
    });
  }
  const asked = new URL(location.href).searchParams.get("tab");
  const current = () => tabs.find(({ tab }) => tab.getAttribute("aria-selected") === "true");
  choose(tabs.find(({ name }) => name === asked) ?? current(), false);
  document.addEventListener(SWAPPED, () => {
    for (const one of tabs.filter(({ isFetched }) => isFetched)) one.tab.href = atDay(one.tab.href, shownDay());
    const one = current();
    if (one.isFetched) fetchPanel(map, one);
  });
  // A plot that is chosen on the map is looked up in the table, wherever it stands in the order.
  map.on("geoapp:choose", ({ id, feature }) => {
    const one = tabs.find(({ table }) => table?.isOf(id));
    one?.table.chosen(feature);
  });
}

function remember(name) {
  const url = new URL(location.href);
  if (name) url.searchParams.set("tab", name);
  else url.searchParams.delete("tab");
  history.replaceState(history.state, "", url);
}

/** What a tab leads to, put into its panel; an answer for a day that is no longer shown is dropped. */
async function fetchPanel(map, one) {
  const { words } = map.geoapp.options;
  const address = atDay(one.tab.href, shownDay());
  if (one.shown === address) return;
  one.shown = address;
  if (one.table) {
    one.table.showDay(shownDay());
    return;
  }
  try {
    const answer = await fetch(`${address}${address.includes("?") ? "&" : "?"}part=1`);
    if (!answer.ok) throw new TypeError(`${address}: ${answer.status}`);
    const read = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (one.shown !== address) return;
    one.panel.replaceChildren(document.adoptNode(read.querySelector("section")));
  } catch (error) {
    if (one.shown !== address) return;
    one.shown = null;
    console.info("tab:", error);
    const again = element("button", { type: "button", class: "plain-button" }, words.retry);
    again.addEventListener("click", () => fetchPanel(map, one));
    one.panel.replaceChildren(element("p", { class: "failed", role: "alert" }, words.partFailed, " ", again));
    return;
  }
  const section = one.panel.querySelector("[data-table]");
  if (section) one.table = new MapTable(map, section);
}
