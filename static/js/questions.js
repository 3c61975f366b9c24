// Looking for a partner beside each wording of the file that is not known. Every list is filled by HTMX;
// what is chosen is kept at once, by the form itself, which sends its answers whenever one changes.

import { combobox } from "./combobox.js";
import { isChanged } from "./early.js";

for (const box of document.querySelectorAll("[data-combobox]")) {
  const [input, list, status] = [box.querySelector("input"), box.querySelector("[role=listbox]"), box.querySelector("[role=status]")];
  const creates = box.closest("fieldset")?.querySelector('[type=radio][value="create"]');
  combobox({
    input,
    list,
    status,
    choose(option) {
      const isNew = "create" in option.dataset;
      input.value = isNew ? "" : option.dataset.value;
      if (isNew && creates) creates.checked = true;
      input.dispatchEvent(new Event("change", { bubbles: true }));
    },
  });
  // Two lists at once would hold the same ids.
  input.addEventListener("blur", () => setTimeout(() => list.replaceChildren(), 200));
}

// What is typed or taken from a list is chosen; another choice empties it again.
for (const other of document.querySelectorAll("[data-other]")) {
  const [radio, field] = [other.querySelector("[type=radio]"), other.querySelector(".input, .select")];
  field.addEventListener("input", () => {
    if (field.value) radio.checked = true;
  });
  radio.addEventListener("change", () => field.focus());
  const fieldset = other.closest("fieldset");
  fieldset.addEventListener("change", (event) => {
    if (event.target.type === "radio" && event.target !== radio) field.value = "";
  });
  // What was taken before anything listened; HTMX listens by now. Whoever made another choice as well keeps that.
  document.addEventListener("DOMContentLoaded", () => {
    if (!isChanged(field) || [...fieldset.querySelectorAll("[type=radio]")].some(isChanged)) return;
    for (const name of ["input", "change"]) field.dispatchEvent(new Event(name, { bubbles: true }));
  });
}

document.addEventListener("htmx:configRequest", (event) => {
  const box = event.detail.elt.closest("[data-combobox]");
  if (box) event.detail.parameters = { q: event.detail.elt.value, only: box.dataset.combobox };
});
