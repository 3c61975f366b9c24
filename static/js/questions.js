// Looking for a partner beside each wording of the file that is not known. Every list is filled by HTMX;
// what is chosen is kept at once, by the form itself, which sends its answers whenever one changes.

import { combobox } from "./combobox.js";

for (const box of document.querySelectorAll("[data-combobox]")) {
  const [input, list, status] = [box.querySelector("input"), box.querySelector("[role=listbox]"), box.querySelector("[role=status]")];
  const select = box.parentElement.querySelector("select");
  combobox({
    input,
    list,
    status,
    choose(option) {
      const creates = "create" in option.dataset;
      input.value = creates ? "" : option.dataset.value;
      if (creates) select.value = "create";
      input.dispatchEvent(new Event("change", { bubbles: true }));
    },
  });
  // Two lists at once would hold the same ids.
  input.addEventListener("blur", () => setTimeout(() => list.replaceChildren(), 200));
}

document.addEventListener("htmx:configRequest", (event) => {
  if (event.detail.elt.closest("[data-combobox]")) event.detail.parameters = { q: event.detail.elt.value };
});
