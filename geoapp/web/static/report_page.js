// Words that were typed and not sent yet: leaving the page asks first, so that a wrong click loses nothing.

const typed = new Set();

for (const form of document.querySelectorAll("form[data-unsaved]")) {
  form.addEventListener("input", () => typed.add(form));
  form.addEventListener("submit", () => typed.delete(form));
}

addEventListener("beforeunload", (event) => {
  if (typed.size > 0) event.preventDefault();
});

// Files are made while the page is read: when the work has ended the page tells it anew, unless somebody is writing.
const work = document.querySelector("[data-job][data-under-way]");
if (work) {
  new MutationObserver((_, observer) => {
    if (document.querySelector("[data-job][data-under-way]")) return;
    observer.disconnect();
    if (typed.size === 0) location.reload();
  }).observe(work.parentElement, { childList: true, subtree: true, attributes: true });
}
