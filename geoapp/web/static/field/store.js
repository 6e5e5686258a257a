// What the device keeps: drafts, the bytes of their photos, parks taken along. Nothing is ever dropped before its receipt.

const NAME = "geoapp-field";
let opened = null;

function open() {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("drafts", { keyPath: "key" });
      request.result.createObjectStore("photos", { keyPath: ["draft", "sha256"] });
      request.result.createObjectStore("parks", { keyPath: "slug" });
      request.result.createObjectStore("notes", { keyPath: "name" });
    };
    request.onsuccess = () => {
      // A newer page wants another shape: let it have the database, and open anew when asked.
      request.result.onversionchange = () => {
        request.result.close();
        opened = null;
      };
      resolve(request.result);
    };
    request.onerror = () => reject(request.error);
  });
  return opened;
}

/** Do some requests in one transaction; the answer of the last one, once all of it is on the disk. */
async function run(stores, mode, work) {
  const database = await open();
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(stores, mode, { durability: "strict" });
    const request = work(transaction);
    transaction.oncomplete = () => resolve(request?.result);
    transaction.onerror = () => reject(transaction.error);
    transaction.onabort = () => reject(transaction.error);
  });
}

const put = (store, value) => run([store], "readwrite", (t) => t.objectStore(store).put(value));
const get = (store, key) => run([store], "readonly", (t) => t.objectStore(store).get(key));
const all = (store) => run([store], "readonly", (t) => t.objectStore(store).getAll());

export const findDraft = (key) => get("drafts", key);
export const saveDraft = (draft) => put("drafts", { ...draft, updated_at: new Date().toISOString() });
export const savePark = (park) => put("parks", park);
export const findPark = (slug) => get("parks", slug);
export const listParks = () => all("parks");
export const note = (name, value) => put("notes", { name, value });
export const noted = async (name) => (await get("notes", name))?.value;

/** All drafts, the newest first. */
export async function listDrafts() {
  const drafts = await all("drafts");
  return drafts.sort((a, b) => b.updated_at.localeCompare(a.updated_at));
}

/** Keep the bytes of a photo and the draft that names it, both or neither. */
export function savePhoto(draft, sha256, bytes) {
  return run(["drafts", "photos"], "readwrite", (t) => {
    t.objectStore("photos").put({ draft: draft.key, sha256, bytes });
    return t.objectStore("drafts").put({ ...draft, updated_at: new Date().toISOString() });
  });
}

/** The bytes of a photo, or nothing where they are not on this device. */
export async function findPhoto(key, sha256) {
  return (await get("photos", [key, sha256]))?.bytes;
}

/** Take photos away, and save the draft that no longer names them. */
export function dropPhotos(draft, hashes) {
  return run(["drafts", "photos"], "readwrite", (t) => {
    for (const sha256 of hashes) t.objectStore("photos").delete([draft.key, sha256]);
    return t.objectStore("drafts").put(draft);
  });
}

export function dropDraft(draft) {
  return run(["drafts", "photos"], "readwrite", (t) => {
    for (const { sha256 } of draft.photos) t.objectStore("photos").delete([draft.key, sha256]);
    return t.objectStore("drafts").delete(draft.key);
  });
}
