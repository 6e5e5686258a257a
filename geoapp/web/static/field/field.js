// The field view: drafts on this device, one of them open, sent when there is a network.

import { say } from "../map/format.js";
import { DraftForm, today } from "./form.js";
import { DraftList } from "./list.js";
import { Parks } from "./parks.js";
import { SignedOut, WAITING, ask, sendAll } from "./send.js";
import { findDraft, findPark, listDrafts, note, noted, saveDraft } from "./store.js";

const AGAIN_MS = 30_000;
const language = document.documentElement.lang;
const words = JSON.parse(document.getElementById("field-words").textContent);
const find = (name) => document.querySelector(`[data-${name}]`);
const main = find("view");
const asked = new URLSearchParams(window.location.search);
let person = null;
let csrf = "";
let problem = null;
let form = null;
let list = null;
let parks = null;
let park = null;

start();

async function start() {
  if (!window.isSecureContext || !window.indexedDB) return tell(words.insecure);
  await greet();
  const options = new Map([...find("reason").options].filter(({ value }) => value).map(({ value, text }) => [value, text]));
  list = new DraftList(find("list"), { words, language, open: openDraft, send: queue, reasons: options });
  list.person = person?.id ?? null;
  const limits = (await noted("limits")) ?? { bytes: 25_000_000, photos: 20 };
  form = new DraftForm(find("form"), { words, language, limits, sent: queue, back: () => showList() });
  parks = new Parks(find("list"), { words, language, changed: (chosen) => (park = chosen) });
  listen();
  await list.show();
  await parks.begin(asked.get("park") ?? undefined);
  await resume();
  document.documentElement.dataset.ready = "true";
  navigator.storage?.persist?.();
  keepOffline();
  await send();
}

/** Who is signed in: the server says so, and the device remembers it for when there is no network. */
async function greet() {
  try {
    const hello = await ask("/hello");
    ({ person, csrf } = hello);
    problem = null;
    await note("person", person);
    await note("limits", hello.limits);
  } catch (error) {
    person ??= (await noted("person")) ?? null;
    problem = error instanceof SignedOut ? "signin" : "away";
  }
  find("person").textContent = person?.name ?? "";
  find("logout").elements.csrf_token.value = csrf;
  find("logout").hidden = !csrf;
  tellState();
}

function tellState() {
  if (problem === "signin") {
    const link = document.createElement("a");
    link.href = `/login?next=${encodeURIComponent(window.location.pathname)}`;
    link.textContent = words.signinLink;
    tell(words.signin, link);
  } else {
    tell(problem === "away" || !navigator.onLine ? words.offline : "");
  }
}

function tell(text, ...more) {
  const place = find("state");
  place.replaceChildren(text, ...more.flatMap((one) => [" ", one]));
  place.hidden = !text;
}

function listen() {
  find("new").addEventListener("click", () => newDraft());
  find("add").addEventListener("click", () => newDraft({ case: "" }));
  find("send-all").addEventListener("click", send);
  window.addEventListener("online", async () => {
    await greet();
    await send();
  });
  window.addEventListener("offline", () => {
    problem = "away";
    tellState();
  });
  navigator.serviceWorker?.addEventListener("message", () => showChanges());
  setInterval(async () => {
    const waits = (await listDrafts()).some(({ state }) => WAITING.includes(state));
    if (waits && navigator.onLine && document.visibilityState === "visible") await send();
  }, AGAIN_MS);
  find("logout").addEventListener("submit", (event) => warnBeforeLeaving(event));
}

async function warnBeforeLeaving(event) {
  const { target } = event;
  event.preventDefault();
  const unsent = (await listDrafts()).filter(({ state }) => state !== "sent").length;
  if (unsent && !window.confirm(say(words.leaveUnsent, { count: unsent }))) return;
  await note("person", null);
  target.submit();
}

async function newDraft(more = {}) {
  const draft = {
    key: crypto.randomUUID(), report: crypto.randomUUID(), person: person?.id ?? null, park: park?.slug ?? null,
    plots: park && asked.get("plot") ? [asked.get("plot")] : [], geometry: null, reason: "", note: "",
    observed_on: today(), photos: [], state: "draft", announced: false, arrived: 0, problem: null, receipt: null, ...more,
  };
  await saveDraft(draft);
  await openDraft(draft);
}

async function openDraft({ key }) {
  const draft = await findDraft(key);
  const land = draft.park ? await findPark(draft.park) : null;
  await note("open", key);
  // The form is filled in the same moment in which it appears: nothing can be pressed before.
  main.dataset.view = "form";
  await form.show(draft, land);
}

async function showList() {
  main.dataset.view = "list";
  await note("open", null);
  await list.show();
}

/** After a reload the same draft is open. */
async function resume() {
  const key = await noted("open");
  const draft = key ? await findDraft(key) : null;
  const number = asked.get("case");
  if (number) return openAddition(number);
  if (asked.get("plot") && park) return newDraft();
  if (draft && draft.person === list.person && draft.state !== "sent") await openDraft(draft);
}

/** The draft of photos for a case: the one that was begun, else a new one. */
async function openAddition(number) {
  const begun = (await listDrafts()).find((one) => one.case === number && one.person === list.person && one.state === "draft");
  return begun ? openDraft(begun) : newDraft({ case: number });
}

async function queue({ key }) {
  await saveDraft({ ...(await findDraft(key)), state: "queued", problem: null });
  await showList();
  await send();
}

/** Send what waits, now or as soon as the browser finds a network. */
async function send() {
  await askForSync();
  await sendAll(showChanges);
  await showChanges();
  const drafts = await listDrafts();
  if (drafts.some((draft) => draft.problem?.kind === "signin")) problem = "signin";
  tellState();
}

async function showChanges() {
  if (main.dataset.view === "list") await list.show();
}

async function askForSync() {
  const worker = await navigator.serviceWorker?.getRegistration("/field/");
  await worker?.sync?.register("field-send").catch(() => {});
}

function keepOffline() {
  navigator.serviceWorker
    ?.register("/field/worker.js", { scope: "/field/", type: "module" })
    .then(() => navigator.serviceWorker.ready)
    .then(() => (document.documentElement.dataset.kept = "true"))
    .catch((error) => console.warn("keeping the page:", error));
}
