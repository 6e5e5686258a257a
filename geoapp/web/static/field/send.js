// Sending drafts: announced, photo by photo in pieces, closed by a receipt. Run by the page and by the service worker;
// one of them at a time. Whatever breaks, the draft and its photos stay, and sending goes on where it ended.

import { dropPhotos, findDraft, findPhoto, listDrafts, saveDraft } from "./store.js";

const API = "/field/api";
const PIECE = 256 * 1024;
const WAIT_MS = 60_000;
const TRIES = 4;
export const WAITING = ["queued", "sending"];

/** The server cannot be reached, or is busy: nothing is wrong with what is sent. */
class Away extends Error {
  constructor(text, kind = "away") {
    super(text);
    this.kind = kind;
  }
}
/** Nobody is signed in any more. */
class SignedOut extends Error {}
/** The server says no; what it says is for the person. */
class Refused extends Error {
  constructor(problem, photo = null) {
    super(problem.detail ?? String(problem.status));
    Object.assign(this, { status: problem.status, parameter: problem.parameter ?? null, photo });
  }
}

/** The person has changed the draft while it was being sent: it is another report now. */
class Edited extends Error {}

/** Send all drafts that wait. Args: tell - called with each draft as it changes. Returns: how many still wait. */
export async function sendAll(tell = () => {}) {
  return navigator.locks.request("geoapp-field-send", { ifAvailable: true }, async (lock) => {
    if (!lock) return 0;
    const waiting = (await listDrafts()).filter((draft) => WAITING.includes(draft.state)).reverse();
    let left = waiting.length;
    for (const { key } of waiting) {
      const end = await sendOne(key, tell);
      if (end === "away" || end === "signin") break;
      left -= 1;
    }
    return left;
  });
}

async function sendOne(key, tell) {
  let draft = await findDraft(key);
  const change = async (changes) => {
    // What the person wrote meanwhile is not lost: only what sending knows is written.
    const now = await findDraft(key);
    if (now?.report !== draft.report) throw new Edited();
    draft = { ...now, ...changes };
    await saveDraft(draft);
    tell(draft);
  };
  try {
    const hello = await ask("/hello");
    if (hello.person.id !== draft.person) {
      await change({ state: "queued", problem: { kind: "other" } });
      return "other";
    }
    await change({ state: "sending", announced: true, problem: null });
    const receipt = await deliver(draft, hello.csrf, change);
    await change({ state: "sent", receipt, problem: null });
    await dropPhotos(draft, draft.photos.map(({ sha256 }) => sha256));
    return "sent";
  } catch (error) {
    return fail(error, change);
  }
}

/** Note on the draft why it has not gone. Returns: what to do with the others. */
async function fail(error, change) {
  if (error instanceof Edited) return "edited";
  const { message: text, parameter, photo } = error;
  const [state, kind] =
    error instanceof SignedOut ? ["queued", "signin"] : error instanceof Refused ? ["refused", "refused"] : ["queued", "away"];
  if (kind === "away" && !(error instanceof Away)) console.warn("sending:", error);
  const problem = kind === "refused" ? { kind, text, parameter, photo } : { kind: error.kind ?? kind };
  await change({ state, problem }).catch(() => {});
  return kind;
}

async function deliver(draft, csrf, change) {
  const told = await ask("/reports", { method: "POST", csrf, json: announcement(draft) });
  if (!told.receipt) {
    const missing = new Set(told.missing);
    let arrived = draft.photos.length - missing.size;
    await change({ arrived });
    for (const photo of draft.photos.filter(({ sha256 }) => missing.has(sha256))) {
      await upload(draft, photo, csrf);
      arrived += 1;
      await change({ arrived });
    }
  }
  const receipt = told.receipt ?? (await ask(`/reports/${draft.report}/send`, { method: "POST", csrf }));
  return checked(receipt, draft);
}

/** A receipt counts only when it names every photo of the draft. */
function checked(receipt, draft) {
  const named = new Set(receipt.photos.map(({ sha256 }) => sha256));
  if (receipt.count !== draft.photos.length || !draft.photos.every(({ sha256 }) => named.has(sha256))) {
    throw new Refused({ status: 409, detail: "The receipt does not name every photo." });
  }
  return receipt;
}

export function announcement(draft) {
  const { report, park, plots, geometry, reason, note, observed_on, photos } = draft;
  const added = (draft.case ?? null) !== null ? { case: Number(draft.case) } : null;
  const named = photos.map(({ sha256, bytes, name, device }) => ({ sha256, bytes, name, device }));
  if (added) return { id: report, ...added, note, observed_on, photos: named };
  return { id: report, park, plots, geometry, reason, note, observed_on, photos: named };
}

async function upload(draft, photo, csrf) {
  const bytes = await findPhoto(draft.key, photo.sha256);
  if (!bytes) throw new Refused({ status: 0, detail: photo.name, parameter: "photos" }, photo.sha256);
  const address = `/reports/${draft.report}/photos/${photo.sha256}`;
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    let here = Number((await call(address, { method: "HEAD" })).headers.get("Upload-Offset"));
    let answer = null;
    do {
      const headers = { "Upload-Offset": here, "Content-Type": "application/offset+octet-stream", "Tus-Resumable": "1.0.0" };
      answer = await call(address, { method: "PATCH", csrf, headers, body: bytes.slice(here, here + PIECE) });
      here = Number(answer.headers.get("Upload-Offset"));
    } while (answer.ok && here < bytes.byteLength);
    if (answer.ok) return;
    // The photo stands elsewhere than we thought, or another window sends it: look again, after a moment.
    if (answer.status !== 409) throw await refusal(answer, photo.sha256);
    await new Promise((resolve) => setTimeout(resolve, 500 * (attempt + 1)));
  }
  throw new Away("the photo is being sent elsewhere");
}

async function ask(address, options = {}) {
  const answer = await call(address, options);
  if (!answer.ok) throw await refusal(answer);
  return answer.json();
}

async function call(address, { method = "GET", csrf, json, headers = {}, body } = {}) {
  if (csrf) headers["X-CSRF-Token"] = csrf;
  if (json) headers["Content-Type"] = "application/json";
  let answer = null;
  try {
    answer = await fetch(API + address, {
      method,
      headers: { Accept: "application/json", ...headers },
      body: json ? JSON.stringify(json) : body,
      credentials: "same-origin",
      cache: "no-store",
      redirect: "manual",
      signal: AbortSignal.timeout(WAIT_MS),
    });
  } catch (error) {
    throw new Away(String(error));
  }
  if (answer.type === "opaqueredirect" || answer.status === 401) throw new SignedOut();
  if (answer.status === 429 || answer.status >= 500) throw new Away(String(answer.status), "busy");
  return answer;
}

async function refusal(answer, photo = null) {
  const told = await answer.json().catch(() => ({}));
  return new Refused({ status: answer.status, ...told }, photo);
}

export { Away, SignedOut, ask };
