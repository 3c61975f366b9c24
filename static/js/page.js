// What every page does once it is here, beyond what HTML does by itself. Each works without it.
//
// After a refused form the focus is on its summary, else on what the page marks with data-focus. After
// HTMX swapped a part in, likewise within the part; where the focus was in what is gone, it goes to the
// part's first heading. The text of what a part marks with data-announce is read out.

import { announce, clearTrouble, currentToken, showTrouble } from "./tell.js";

const FORGET_AFTER = 10_000; // milliseconds: an answer that never comes does not lock a form

function focusOn(element) {
  if (!element.matches("a[href], button, input, select, textarea, [tabindex]")) {
    element.tabIndex = -1;
  }
  element.focus();
}

// What is marked may be shown on a wide page alone, or on a narrow one.
function firstShown(part, selector) {
  return [...part.querySelectorAll(selector)].find((one) => one.getClientRects().length);
}

// Requests that replaced the part in which the person was.
const disturbing = new WeakSet();

function noteFocus({ target, xhr }) {
  if (xhr && target?.contains(document.activeElement)) disturbing.add(xhr);
}

function settle(part, xhr) {
  if (!(part instanceof Element) || !part.isConnected) return;
  const heard = part.matches("[data-announce]") ? part : part.querySelector("[data-announce]");
  if (heard) announce(heard.textContent.trim().replace(/\s+/g, " "));
  const nowhere = document.activeElement === null || document.activeElement === document.body;
  const lost = nowhere && xhr && disturbing.has(xhr);
  const next =
    part.querySelector("#error-summary") ??
    firstShown(part, "[data-focus]") ??
    (lost ? part.querySelector("h1, h2, h3") : null);
  if (next) focusOn(next);
}

// A second press of the same button sends nothing. The server refuses a second copy as well.
function sendOnce(event) {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  const token = currentToken();
  const field = form.querySelector("input[name=csrfmiddlewaretoken]");
  if (token && field) field.value = token;
  if ("sent" in form.dataset) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "";
  setTimeout(() => delete form.dataset.sent, FORGET_AFTER);
}

document.addEventListener("submit", sendOnce);
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

// A press counts where it began. What is pressed loses it otherwise where a part that comes in meanwhile
// pushes it from beneath the pointer: whoever types and presses "Save" would have pressed nothing. Who
// moves off, to press nothing after all, still does not.
const STILL = 5; // pixels
let press = null;

document.addEventListener("pointerdown", ({ target, button, clientX, clientY }) => {
  const pressed = button === 0 && target.closest("button");
  press = pressed ? { pressed, clientX, clientY } : null;
});
document.addEventListener("pointerup", ({ target, clientX, clientY }) => {
  if (!press || press.pressed.contains(target)) return;
  const moved = Math.hypot(clientX - press.clientX, clientY - press.clientY);
  if (moved <= STILL && press.pressed.isConnected) press.pressed.click();
});

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

document.addEventListener("htmx:configRequest", (event) => {
  const { verb, headers, parameters } = event.detail;
  const token = currentToken();
  if (!token || verb === "get") return;
  headers["X-CSRFToken"] = token;
  // The form's own counts first, and may be of an earlier session.
  if ("csrfmiddlewaretoken" in parameters) parameters.csrfmiddlewaretoken = token;
});
// A part that came later can mark the page higher, never lower: what was shown before is shown still.
document.addEventListener("htmx:oobBeforeSwap", (event) => {
  const { target, fragment } = event.detail;
  const next = fragment.querySelector("[data-raising]");
  if (next && Number(next.dataset.level) <= Number(target.dataset.level)) event.preventDefault();
});
document.addEventListener("htmx:beforeSwap", (event) => noteFocus(event.detail));
document.addEventListener("htmx:afterSettle", (event) =>
  settle(event.detail.elt, event.detail.xhr),
);
document.addEventListener("htmx:beforeRequest", clearTrouble);
document.addEventListener("htmx:responseError", (event) =>
  showTrouble(event.detail.xhr.status === 401 ? "signed-out-text" : "trouble-text"),
);
document.addEventListener("htmx:sendError", () => showTrouble("trouble-text"));

// Nobody is signed in, any more: the addresses that htmx notes in this tab go, searched words and all. (What
// else a browser keeps is cleared by the answer to signing out, which leaves this one.)
if (!document.getElementById("sign-out")) sessionStorage.clear();

const first =
  document.getElementById("error-summary") ?? firstShown(document, "[data-focus]");
// Whoever types already is not led away.
if (first && (document.activeElement ?? document.body) === document.body) focusOn(first);
