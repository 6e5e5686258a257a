// The months under the map: one step, a slider, and a run through them. The choice of the day is the server's own list.

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
  const position = () => days.indexOf(select.value);
  const tell = () => {
    const at = position();
    slider.value = String(at);
    slider.setAttribute("aria-valuetext", select.selectedOptions[0].textContent);
    for (const button of form.querySelectorAll("[data-step]")) {
      button.disabled = !days[at + Number(button.dataset.step)];
    }
  };
  const go = (at, isNew) => {
    if (!days[at]) return Promise.resolve();
    select.value = days[at];
    tell();
    return map.geoapp.showDay(days[at], isNew);
  };
  const stop = () => {
    clearTimeout(timer);
    timer = null;
    play.setAttribute("aria-pressed", "false");
    play.querySelector("[data-word]").textContent = words.play;
  };
  const run = async () => {
    const began = Date.now();
    await go(position() + 1, false);
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
      go(position() + Number(button.dataset.step), true);
    });
  }
  // While the slider is moved the address follows in place; where it is let go is a step of its own.
  slider.addEventListener("input", () => {
    stop();
    select.value = days[Number(slider.value)];
    tell();
    clearTimeout(waiting);
    waiting = setTimeout(() => map.geoapp.showDay(select.value, false), WAIT_MS);
  });
  slider.addEventListener("change", () => {
    clearTimeout(waiting);
    map.geoapp.showDay(select.value, true);
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
  });
  document.addEventListener("geoapp:live", () => {
    const asked = new URL(location.href).searchParams.get("as_of");
    if (timer === null && asked && days.includes(asked) && asked !== select.value) select.value = asked;
    tell();
  });
  tell();
}
