// How long work stands, kept up to date where a page shows it: see templates/job_parts.html.
//
// One question for all jobs of the page, every second at first and seldomer the longer it takes; none while nobody
// looks, none when all have ended.

const FIRST_MS = 1000;
const LONGEST_MS = 5000;
const FAILED_MS = 30_000;

let pause = FIRST_MS;

function underWay() {
  return [...document.querySelectorAll("[data-job][data-under-way]")];
}

/** Put the fresh parts in the place of the old ones; the whole only where the state is another one, so that a button
 *  that somebody is about to press stays where it is. */
function refresh(old, fresh) {
  if (old.dataset.state !== fresh.dataset.state) {
    const hadFocus = old.contains(document.activeElement);
    old.replaceWith(fresh);
    if (hadFocus) fresh.querySelector("a, button")?.focus();
    pause = FIRST_MS;
    return;
  }
  for (const part of old.querySelectorAll("[data-part]")) {
    const other = fresh.querySelector(`[data-part="${part.dataset.part}"]`);
    if (other && other.innerHTML !== part.innerHTML) part.replaceChildren(...other.childNodes);
  }
  if (!fresh.querySelector("form")) old.querySelector("form")?.remove();
}

async function ask() {
  const shown = underWay();
  const query = new URLSearchParams({ ids: shown.map((one) => one.dataset.job).join(",") });
  const back = shown[0]?.querySelector("input[name=back]")?.value;
  if (back) query.set("back", back);
  const answer = await fetch(`/jobs/states?${query}`, { headers: { Accept: "text/html" } });
  if (answer.redirected || answer.status === 401 || answer.status === 403) return false;
  if (!answer.ok) throw new Error(`status ${answer.status}`);
  const told = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const old of shown) {
    const fresh = told.querySelector(`[data-job="${old.dataset.job}"]`);
    if (fresh) refresh(old, document.importNode(fresh, true));
    else old.removeAttribute("data-under-way");
  }
  return true;
}

function wait(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

function seen() {
  if (!document.hidden) return Promise.resolve();
  return new Promise((resolve) => document.addEventListener("visibilitychange", () => resolve(seen()), { once: true }));
}

async function watch() {
  while (underWay().length > 0) {
    await wait(pause);
    await seen();
    pause = Math.min(pause * 1.15, LONGEST_MS);
    try {
      if (!(await ask())) return;
    } catch {
      // The server is away for a moment, or this computer is: the work goes on all the same.
      await wait(FAILED_MS - pause);
    }
  }
}

await watch();
