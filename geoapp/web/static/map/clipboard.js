// Copying a text, also where a page without a secure connection has no clipboard.

import { element } from "./dom.js";

/** Returns: whether the text is on the clipboard. */
export async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text);
  }
}

function copyBySelection(text) {
  const { activeElement } = document;
  const field = element("textarea", { class: "sr", readonly: true, "aria-hidden": "true" });
  field.value = text;
  document.body.append(field);
  field.select();
  try {
    return document.execCommand("copy");
  } catch {
    return false;
  } finally {
    field.remove();
    activeElement?.focus?.({ preventScroll: true });
  }
}

/** A field that holds a text, selected on focus, for copying by hand. */
export function textField(text, label) {
  const field = element("input", { type: "text", readonly: true, "aria-label": label, class: "copy-field" });
  field.value = text;
  field.addEventListener("focus", () => field.select());
  return field;
}
