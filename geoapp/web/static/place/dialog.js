// The card of a figure over the page: a click on a figure opens it, the address says so, Back and Esc close it.

import { element } from "../map/dom.js";

// Pages have parameters of their own; this one is of the card alone.
const PARAMETER = "card";

export function addFigures(words) {
  const state = { words, dialog: null, shown: null, isClosing: false };
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[data-figure]");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    // A figure may stand in a label: the click is for the card only.
    event.stopPropagation();
    open(state, link.dataset.figure, link.href, true);
  });
  window.addEventListener("popstate", () => follow(state));
  follow(state);
}

/** What the address says is what is shown. */
function follow(state) {
  const url = new URL(location.href);
  const asked = url.searchParams.get(PARAMETER);
  if (asked && state.isClosing) {
    // The first card came with the address; it was closed with those that were opened from it.
    url.searchParams.delete(PARAMETER);
    history.replaceState(null, "", url);
  }
  const { isClosing } = state;
  state.isClosing = false;
  if (isClosing) return;
  if (!asked) {
    // Also one that is still on its way.
    state.shown = null;
    state.dialog?.close();
  } else if (asked !== state.shown) open(state, asked, addressOf(asked), false);
}

/** A figure that leads to its card, as the macro of the templates writes it. */
export function figureLink(figure, children) {
  return element("a", { class: "figure-link", href: addressOf(figure), "data-figure": figure }, ...children);
}

/** The page of a figure, with the clocks of this one. Each part of the name is quoted on its own. */
function addressOf(figure) {
  const here = new URL(location.href);
  const url = new URL(`/figures/${figure.split("/").map(encodeURIComponent).join("/")}`, here);
  for (const clock of ["as_of", "known_at"]) {
    if (here.searchParams.has(clock)) url.searchParams.set(clock, here.searchParams.get(clock));
  }
  return url.href;
}

async function open(state, figure, address, isNew) {
  if (state.shown === figure) return;
  state.shown = figure;
  state.dialog ??= makeDialog(state);
  const { dialog } = state;
  let card = null;
  try {
    const answer = await fetch(address);
    const read = new DOMParser().parseFromString(await answer.text(), "text/html");
    card = read.querySelector("[data-figure-card]") ?? read.querySelector("main");
  } catch (error) {
    console.warn("figure:", error);
    card = failed(state.words, () => {
      state.shown = null;
      open(state, figure, address, false);
    });
  }
  if (state.shown !== figure) return;
  dialog.querySelector(".card-place").replaceChildren(document.adoptNode(card));
  dialog.querySelector(".card-page").href = address;
  if (!dialog.open) dialog.showModal();
  dialog.querySelector(".card-place").scrollTop = 0;
  dialog.querySelector("#figure-title")?.focus({ preventScroll: true });
  document.dispatchEvent(new CustomEvent("geoapp:part"));
  if (isNew) remember(figure);
}

/** In place of a card that the network did not bring. */
function failed(words, act) {
  const again = element("button", { type: "button", class: "plain-button" }, words.retry);
  again.addEventListener("click", act);
  return element("p", { class: "failed", role: "alert" }, words.partFailed, " ", again);
}

/** Cards opened from cards are steps of their own; how many they are is kept, so that closing leaves them all. */
function remember(figure) {
  const url = new URL(location.href);
  url.searchParams.set(PARAMETER, figure);
  history.pushState({ cards: (history.state?.cards ?? 0) + 1 }, "", url);
}

function makeDialog(state) {
  const { words } = state;
  const button = element("button", { type: "button", class: "plain-button" }, words.close);
  const bar = element("div", { class: "card-bar" }, element("a", { class: "card-page" }, words.figurePage), button);
  const place = element("div", { class: "card-place" });
  const dialog = element("dialog", { class: "figure-dialog", "aria-labelledby": "figure-title" }, bar, place);
  button.addEventListener("click", () => dialog.close());
  // A click beside the card closes it.
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
  dialog.addEventListener("close", () => forget(state));
  document.body.append(dialog);
  return dialog;
}

/** Closed by the reader: back to where the first card was opened, or out of the address where it came with it. */
function forget(state) {
  state.shown = null;
  const url = new URL(location.href);
  if (!url.searchParams.has(PARAMETER)) return;
  const { cards } = history.state ?? {};
  if (cards) {
    state.isClosing = true;
    history.go(-cards);
    return;
  }
  url.searchParams.delete(PARAMETER);
  history.replaceState(history.state, "", url);
}
