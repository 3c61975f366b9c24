// The engagement form: the parts a precision is told with, what is still needed, the partner combobox.
// All of it works without this script: every button is a submit button, and the server does the rest.

import { combobox } from "./combobox.js";
import { isChanged } from "./early.js";

const form = document.getElementById("engagement-form");

const TOLD_WITH = {
  day: ["year", "month", "day"],
  month: ["year", "month"],
  season: ["year", "season"],
  year: ["year"],
  "fiscal-year": ["year"],
  about: ["year"],
};

function showParts() {
  for (const date of form.querySelectorAll("[data-date]")) {
    const prefix = date.dataset.date;
    const precision = form.elements[`${prefix}_precision`].value;
    for (const part of ["year", "month", "season", "day"]) {
      const field = date.querySelector(`[data-part="${prefix}_${part}"]`);
      const input = form.elements[`${prefix}_${part}`];
      // What is filled in is never hidden: a person sees everything that is sent.
      field.hidden = !(TOLD_WITH[precision] ?? []).includes(part) && !input.value;
    }
  }
}

const filled = (name) => Boolean(form.elements[name]?.value.trim());
const ticked = (kind) => Boolean(form.querySelector(`[data-framework="${kind}"] input:checked`));

const NEEDS = {
  title: () => filled("title_en") || filled("title_fr"),
  start: () => {
    const told = TOLD_WITH[form.elements.start_precision.value];
    const year = /^(19|20)\d\d(\D|$)|^2100$/;
    return !told || (told.every((part) => filled(`start_${part}`)) && year.test(form.elements.start_year.value.trim()));
  },
  partner: () => Boolean(form.querySelector('[name="partner"]')),
  pillar: () => ticked("pillar"),
  priority: () => ticked("priority"),
  mandate: () => ticked("mandate"),
  theme: () => ticked("theme"),
};

function showNeeds() {
  for (const item of document.querySelectorAll("[data-needs]")) {
    const name = item.dataset.needs;
    const done = name in NEEDS ? NEEDS[name]() : filled(name);
    item.classList.toggle("done", done);
    item.querySelector("[data-given]").hidden = !done;
  }
}

function showGaps() {
  for (const fieldset of form.querySelectorAll("[data-framework]")) {
    const gap = fieldset.querySelector(".gap");
    if (gap) gap.hidden = Boolean(fieldset.querySelector("input:checked"));
  }
}

function refresh() {
  showParts();
  showNeeds();
  showGaps();
}

function openNewPartner(name) {
  const details = document.getElementById("new-partner");
  details.open = true;
  const field = document.getElementById(
    document.documentElement.lang === "fr" ? "id_new_partner-name_fr" : "id_new_partner-name_en",
  );
  field.value = name;
  field.focus();
}

function equip() {
  const box = form.querySelector("[data-combobox]");
  if (!box || "equipped" in box.dataset) return;
  box.dataset.equipped = "";
  const input = document.getElementById("id_add_partner");
  combobox({
    input,
    list: document.getElementById("partner-list"),
    status: document.getElementById("partner-count"),
    choose(option) {
      if ("create" in option.dataset) {
        // What is typed by now, which may be more than the list was made for.
        const name = input.value.trim();
        input.value = "";
        openNewPartner(name);
      } else {
        input.value = option.dataset.value;
        document.getElementById("add-partner").click();
      }
    },
  });
}

// Enter in the country's line adds that country; it does not send the whole form off.
function addByEnter(event) {
  if (event.key !== "Enter" || event.target.id !== "id_add_country") return;
  event.preventDefault();
  if (event.target.value.trim()) event.target.parentElement.querySelector("button").click();
}

form.addEventListener("keydown", addByEnter);
form.addEventListener("input", refresh);
form.addEventListener("change", refresh);
// What is ticked while the objectives of another date are on their way stays ticked.
let ticks = null;
document.addEventListener("htmx:beforeSwap", (event) => {
  // The partners' part is replaced: suggestions still on their way have no place to go to any more.
  if (event.detail.target.id === "section-with") {
    document.getElementById("id_add_partner")?.dispatchEvent(new CustomEvent("htmx:abort", { bubbles: true, detail: {} }));
  }
  if (event.detail.target.id !== "objectives-offered") return;
  ticks = new Map([...form.querySelectorAll("[name=objectives]")].map((each) => [each.value, each.checked]));
});
document.addEventListener("htmx:afterSettle", (event) => {
  for (const each of ticks ? form.querySelectorAll("[name=objectives]") : []) {
    each.checked = ticks.get(each.value) ?? each.checked;
  }
  ticks = null;
  equip();
  refresh();
  if (event.detail.elt.id === "section-with") {
    document.body.dispatchEvent(new Event("partners-changed"));
  }
});
equip();
refresh();
// A date given before anything listened; HTMX listens by now, and asks for the objectives of that day.
document.addEventListener("DOMContentLoaded", () => {
  const given = [...document.querySelectorAll("#dates :is(input, select)")].find(isChanged);
  given?.dispatchEvent(new Event("change", { bubbles: true }));
});
