// The months under the map: one step, a slider, and a run through them. The choice of the day is the server's own list.

import { shownDay } from "./day.js";
import { element } from "./dom.js";
import { SWAPPED } from "./live.js";

const STEP_MS = 1400;
const WAIT_MS = 220;

export function addTimeline(map) {
  const form = document.querySelector("[data-timeline]");
  if (!form) return;
  const { words } = map.geoapp.options;
  const select = form.querySelector("select");
  const days = [...select.options].map((option) => option.value).reverse();
  const slider = form.querySelector("[data-slider]");
  const play = form.querySelector("[data-play]");
  for (const hidden of form.querySelectorAll("[data-scripted]")) hidden.hidden = false;
  slider.max = String(days.length - 1);

  let timer = null;
  let waiting = null;
  // A move of the slider and a run are each one step of the history: Back returns to where they began.
  let isMoving = false;
  const position = () => days.indexOf(select.value);
  const tell = () => {
    const at = position();
    slider.value = String(at);
    slider.setAttribute("aria-valuetext", select.selectedOptions[0].textContent);
    for (const button of form.querySelectorAll("[data-step]")) {
      button.disabled = !days[at + Number(button.dataset.step)];
    }
  };
  const stop = () => {
    clearTimeout(timer);
    clearTimeout(waiting);
    timer = waiting = null;
    isMoving = false;
    play.setAttribute("aria-pressed", "false");
    play.querySelector("[data-word]").textContent = words.play;
  };
  /** Show what is chosen, as a part of the move that is under way. */
  const follow = () => {
    const isNew = !isMoving;
    isMoving = true;
    waiting = null;
    return map.geoapp.showDay(select.value, isNew);
  };
  const run = async () => {
    const began = Date.now();
    const next = days[position() + 1];
    if (!next) {
      stop();
      return;
    }
    select.value = next;
    tell();
    await follow();
    if (timer === null) return;
    if (!days[position() + 1]) stop();
    else timer = setTimeout(run, Math.max(STEP_MS - (Date.now() - began), 200));
  };
  play.addEventListener("click", () => {
    if (timer !== null) {
      stop();
      return;
    }
    play.setAttribute("aria-pressed", "true");
    play.querySelector("[data-word]").textContent = words.stop;
    // From the end the run begins anew.
    if (!days[position() + 1]) select.value = days[Math.max(days.length - 13, 0)];
    timer = setTimeout(run, 0);
  });
  for (const button of form.querySelectorAll("[data-step]")) {
    button.addEventListener("click", () => {
      stop();
      select.value = days[position() + Number(button.dataset.step)];
      tell();
      map.geoapp.showDay(select.value, true);
    });
  }
  slider.addEventListener("input", () => {
    if (timer !== null) stop();
    select.value = days[Number(slider.value)];
    tell();
    clearTimeout(waiting);
    waiting = setTimeout(follow, WAIT_MS);
  });
  slider.addEventListener("change", () => {
    clearTimeout(waiting);
    follow();
    isMoving = false;
  });
  select.addEventListener("change", () => {
    stop();
    tell();
    map.geoapp.showDay(select.value, true);
  });
  // What was known then is another page: it is asked of the server as a whole.
  const known = form.querySelector("[name=known_at]");
  form.addEventListener("submit", () => {
    if (!known.value) known.disabled = true;
    keepAsked(form);
  });
  // What Back leads to is what the controls say, and it ends a run.
  window.addEventListener("popstate", stop);
  document.addEventListener(SWAPPED, () => {
    const day = shownDay() ?? map.geoapp.options.newest;
    // Whoever moves on already is not pulled back.
    const isBusy = timer !== null || waiting !== null || isMoving;
    if (!isBusy && days.includes(day)) select.value = day;
    tell();
  });
  tell();
}

/** All else that the address says now, as what the form asks beside its own. */
function keepAsked(form) {
  for (const old of form.querySelectorAll("[type=hidden]")) old.remove();
  for (const [name, value] of new URL(location.href).searchParams) {
    if (!form.elements[name]) form.append(element("input", { type: "hidden", name, value }));
  }
}
