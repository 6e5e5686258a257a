// Fields that stay empty do not go into the address, which would grow longer than servers take.

const form = document.querySelector("[data-trim]");
form.addEventListener("submit", () => {
  const empty = [...form.querySelectorAll("input, select")].filter((one) => one.name && !one.value);
  for (const one of empty) one.disabled = true;
  // For who comes back to this page by the button of the browser.
  setTimeout(() => empty.forEach((one) => { one.disabled = false; }), 0);
});
