// An editable combobox with a list, after the ARIA 1.2 pattern. The options come by HTMX; this opens and
// closes the list, moves within it by keyboard, and says how many there are.

export function combobox({ input, list, status, choose }) {
  let active = -1;
  const options = () => [...list.querySelectorAll('[role="option"]')];

  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", list.id);
  input.setAttribute("aria-expanded", "false");

  function open() {
    if (options().length === 0) return close();
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
  }

  function close() {
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function move(to) {
    const all = options();
    if (all.length === 0) return;
    open();
    active = (to + all.length) % all.length;
    all.forEach((option, place) => option.setAttribute("aria-selected", String(place === active)));
    input.setAttribute("aria-activedescendant", all[active].id);
    all[active].scrollIntoView({ block: "nearest" });
  }

  // What is typed and no option: by the button beside it, or where there is none by being told.
  function add() {
    const button = input.closest("[data-combobox]").querySelector("button");
    if (button) button.click();
    else input.dispatchEvent(new Event("change", { bubbles: true }));
  }

  function take(option) {
    close();
    list.replaceChildren();
    choose(option);
  }

  const keys = {
    ArrowDown: () => move(active + 1),
    ArrowUp: () => move(active === -1 ? -1 : active - 1),
    Escape: () => (list.hidden ? (input.value = "") : close()),
  };

  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && input.value.trim()) {
      // Never the whole form: Enter takes the option, or adds what is typed.
      event.preventDefault();
      const option = options()[active];
      if (!list.hidden && option) take(option);
      else add();
    } else if (event.key in keys && !event.altKey && !event.ctrlKey) {
      event.preventDefault();
      keys[event.key]();
    }
  });
  input.addEventListener("blur", () => setTimeout(close, 150));
  input.addEventListener("focus", () => input.value.trim() && open());
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest('[role="option"]');
    if (option) take(option);
  });
  // What was typed before anything listened: HTMX took it for what the page came with.
  document.addEventListener("DOMContentLoaded", () => {
    if (document.activeElement !== input || input.value === input.defaultValue) return;
    for (const name of ["input", "typed-early"]) input.dispatchEvent(new Event(name, { bubbles: true }));
  });
  list.addEventListener("htmx:afterSettle", () => {
    active = -1;
    input.removeAttribute("aria-activedescendant");
    if (document.activeElement === input) open();
    status.textContent = list.querySelector("[data-count]")?.textContent ?? "";
  });
}
