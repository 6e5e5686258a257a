// The form of a sheet as it is filled in: what comes of it is asked anew after each change. Without scripts it is a plain form.

const WAIT_MS = 350;

/** Args: root - holds the form and its answer. */
export function enhance(root) {
  const section = root.querySelector("[data-sheet-form]");
  const form = section?.querySelector(".sheet-fields");
  if (!form) return;
  let timer = null;
  let asked = 0;
  const refresh = async () => {
    const place = section.querySelector("[data-sheet-answer]");
    asked += 1;
    const mine = asked;
    place.setAttribute("aria-busy", "true");
    const query = new URLSearchParams(new FormData(form));
    query.set("part", "answer");
    try {
      const answer = await fetch(`${form.action}?${query}`);
      const read = new DOMParser().parseFromString(await answer.text(), "text/html");
      // Something else was asked for meanwhile.
      if (mine !== asked) return;
      place.replaceChildren(...document.adoptNode(read.body).childNodes);
    } catch (error) {
      console.warn("sheet:", error);
    } finally {
      if (mine === asked) place.removeAttribute("aria-busy");
    }
    settle(section);
  };
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(refresh, WAIT_MS);
  };
  form.addEventListener("input", later);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(timer);
    refresh();
  });
  settle(section);
}

/** The field that is wrong is marked; a preview that does not come says so. */
function settle(section) {
  const fault = section.querySelector(".sheet-fault");
  for (const field of section.querySelectorAll(".sheet-fields [name]")) {
    if (fault && field.name === fault.dataset.parameter) field.setAttribute("aria-invalid", "true");
    else field.removeAttribute("aria-invalid");
  }
  for (const told of section.querySelectorAll(".sheet-fields .field-fault")) told.remove();
  const count = section.querySelector(".sheet-layers .count");
  if (count) count.textContent = section.querySelectorAll(".sheet-layers input:checked").length;
  const image = section.querySelector("[data-preview]");
  if (!image) return;
  const figure = image.closest("figure");
  figure.classList.toggle("drawing", !image.complete);
  image.addEventListener("load", () => figure.classList.remove("drawing"));
  image.addEventListener("error", () => {
    figure.classList.remove("drawing");
    section.querySelector(".sheet-failed").hidden = false;
  });
}
