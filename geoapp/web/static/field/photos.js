// Photos of a draft: looked at before they are kept, so that what cannot be sent is told while one still stands there.

import { formatNumber } from "../map/format.js";

const MARKS = [
  { type: "image/jpeg", fits: (b) => b[0] === 0xff && b[1] === 0xd8 && b[2] === 0xff },
  { type: "image/png", fits: (b) => b[0] === 0x89 && b[1] === 0x50 && b[2] === 0x4e && b[3] === 0x47 },
  { type: "image/webp", fits: (b) => text(b, 0) === "RIFF" && text(b, 8) === "WEBP" },
];
const HEIF = ["heic", "heix", "hevc", "heim", "heis", "mif1", "msf1", "avif", "avis"];

function text(bytes, from) {
  return String.fromCharCode(...bytes.slice(from, from + 4));
}

/** Read a photo. Returns: { sha256, bytes, name, type, body }, or { fault, name } with the key of what is wrong. */
export async function readPhoto(file, limits) {
  const name = file.name || "photo.jpg";
  if (file.size > limits.bytes) return { fault: "photoTooLarge", name };
  const body = await file.arrayBuffer();
  const start = new Uint8Array(body, 0, Math.min(16, body.byteLength));
  const type = MARKS.find(({ fits }) => fits(start))?.type;
  if (!type) return { fault: text(start, 4) === "ftyp" && HEIF.includes(text(start, 8)) ? "photoHeic" : "photoOther", name };
  try {
    (await createImageBitmap(new Blob([body], { type }), { resizeWidth: 8 })).close();
  } catch {
    return { fault: "photoBroken", name };
  }
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", body));
  const sha256 = [...digest].map((one) => one.toString(16).padStart(2, "0")).join("");
  return { sha256, bytes: body.byteLength, name, type, body };
}

/** 532 kB or 4,1 MB. */
export function formatBytes(bytes, language) {
  const [value, decimals, unit] = bytes < 1e6 ? [bytes / 1e3, 0, "kB"] : [bytes / 1e6, 1, "MB"];
  return `${formatNumber(value, decimals, language)}\u00a0${unit}`;
}

/** Where the device is now, or null where it does not say within some seconds. */
export function findPlace({ wait_ms = 8000 } = {}) {
  return new Promise((resolve) => {
    if (!navigator.geolocation) return resolve(null);
    navigator.geolocation.getCurrentPosition(
      ({ coords, timestamp }) =>
        resolve({
          longitude: coords.longitude,
          latitude: coords.latitude,
          accuracy_m: coords.accuracy,
          at: new Date(timestamp).toISOString(),
        }),
      () => resolve(null),
      { enableHighAccuracy: true, timeout: wait_ms, maximumAge: 30_000 },
    );
  });
}
