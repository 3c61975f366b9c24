// What a partner stands under, looked for while one types. The list is filled by HTMX; what is taken from it
// is its code, which the form knows a partner by, as it does by its name.

import { combobox } from "./combobox.js";

for (const box of document.querySelectorAll("[data-combobox]")) {
  const [input, list, status] = [box.querySelector("input"), box.querySelector("[role=listbox]"), box.querySelector("[role=status]")];
  combobox({
    input,
    list,
    status,
    choose(option) {
      input.value = option.dataset.value;
      input.dispatchEvent(new Event("change", { bubbles: true }));
    },
  });
}

document.addEventListener("htmx:configRequest", (event) => {
  if (event.detail.elt.closest("[data-combobox]")) event.detail.parameters = { q: event.detail.elt.value };
});
