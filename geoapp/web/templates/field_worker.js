// Keeps the field view so that it opens without a network. Its scope is /field/ alone; the rest of the site never meets it.
import { sendAll } from {{ url_for("static", filename="field/send.js")|tojson }};

const KEPT = "geoapp-field-{{ version }}";
const FILES = {{ files|safe }};
const PAGE = {{ page|tojson }};

self.addEventListener("install", (event) => {
  event.waitUntil(keep().then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(dropOld().then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  const url = new URL(request.url);
  if (url.origin !== self.location.origin) return;
  if (request.mode === "navigate" && url.pathname === PAGE) event.respondWith(page(event));
  else if (FILES.includes(url.pathname + url.search)) event.respondWith(file(request));
});

self.addEventListener("sync", (event) => {
  if (event.tag === "field-send") event.waitUntil(send());
});

/** Everything at once or nothing: where the page itself cannot be had, as after the session has ended, the old one stays. */
async function keep() {
  const cache = await caches.open(KEPT);
  await cache.addAll(FILES.map((address) => new Request(address, { cache: "reload" })));
  await fetchPage(new Request(PAGE, { cache: "reload" }));
  if (!(await cache.match(PAGE))) throw new Error("the page cannot be kept without signing in");
}

async function dropOld() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith("geoapp-field-") && name !== KEPT).map((name) => caches.delete(name)));
}

async function page(event) {
  try {
    return await fetchPage(event.request);
  } catch (error) {
    const kept = await (await caches.open(KEPT)).match(PAGE);
    if (kept) return kept;
    throw error;
  }
}

/** The page from the network, kept when it is the page itself and not the way to sign in. */
async function fetchPage(request) {
  const answer = await fetch(request);
  if (answer.ok && !answer.redirected && answer.type === "basic") {
    await (await caches.open(KEPT)).put(PAGE, answer.clone());
  } else if (answer.status >= 500) {
    throw new TypeError(`the server answers ${answer.status}`);
  }
  return answer;
}

async function file(request) {
  return (await (await caches.open(KEPT)).match(request)) ?? fetch(request);
}

async function send() {
  const left = await sendAll(tell);
  await tell();
  // The browser tries once more later where something is left.
  if (left) throw new Error(`${left} drafts wait`);
}

async function tell() {
  for (const client of await self.clients.matchAll({ type: "window" })) client.postMessage("changed");
}
