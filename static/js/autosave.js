// Nothing typed is lost: what changed in the form is sent to its own address every 30 seconds, when the
// page is left, and before the form itself is sent. A new engagement and a draft are saved as a draft; of
// any other form the text is kept for its author. What is not saved is said, and tried again.

import { announce, clearTrouble, currentToken, showTrouble } from "./tell.js";

const EVERY = 30_000;
const FIRST_RETRY = 2_000;
const LAST_RETRY = 60_000;
const PATIENCE = 5_000; // before a press or a link goes on without an answer
const MOST_WHEN_GONE = 60_000; // bytes
const BESIDES = ["csrfmiddlewaretoken", "do", "seen", "record", "version", "form_key", "page", "turn", "continues", "opened_by"];
// Answers that trying again by itself does not better: the person does something, in another tab or here.
const TOLD = { "signed-out": "signed-out-text", "another-person": "another-person-text", elsewhere: "elsewhere-text", logged: "logged-text" };

const mark = document.querySelector("[data-autosave]");
const form = mark?.form;

// What is typed

function asText(entries) {
  return new URLSearchParams([...entries].filter(([name]) => !BESIDES.includes(name))).toString();
}

function* asOpened() {
  for (const each of form.elements) {
    if (!each.name || each.disabled || /^(button|submit|reset|image|fieldset|output)$/.test(each.type)) continue;
    if (each.type === "checkbox" || each.type === "radio") {
      if (each.defaultChecked) yield [each.name, each.value];
    } else if (each instanceof HTMLSelectElement) {
      const chosen = [...each.options].filter((option) => option.defaultSelected);
      if (!chosen.length && !each.multiple && each.options.length) chosen.push(each.options[0]);
      for (const option of chosen) yield [each.name, option.value];
    } else {
      yield [each.name, each.defaultValue];
    }
  }
}

const typed = () => asText(new FormData(form));
// A form that comes back refused shows what is saved nowhere yet.
let saved = form && !("wasSent" in mark.dataset) ? asText(asOpened()) : null;
const isUnsaved = () => typed() !== saved;

// What the person is told: in the page always, aloud only when it turns good or bad

let state = "";

function say(kind, text) {
  for (const line of document.querySelectorAll("[data-autosave-status]")) {
    line.hidden = false;
    line.textContent = text;
    line.className = { saved: "saved", saving: "saving" }[kind] ?? "not-saved";
  }
  if (kind === "saved") document.querySelector("[data-until-saved]")?.remove();
  if (kind === "saving" || kind === state) return;
  state = kind;
  announce(text);
  if (kind in TOLD && !document.querySelector("[data-moved-on]")) showTrouble(TOLD[kind], { scroll: false });
  else clearTrouble();
}

const sayTrouble = (kind) => say(kind, mark.dataset[kind.replace(/-(.)/g, (_all, letter) => letter.toUpperCase())]);

// Saving

let sending = null;
let newest = 0; // the turn whose answer was taken last
let retry = null;
let delay = FIRST_RETRY;

function request(text, options) {
  const turn = form.elements.turn;
  turn.value = Number(turn.value) + 1;
  const body = new URLSearchParams(new FormData(form));
  body.set("do", "autosave");
  // A browser refuses to go on sending more than that once the page is gone.
  const keepalive = Boolean(options.keepalive) && body.toString().length < MOST_WHEN_GONE;
  return { text, turn: Number(turn.value), answer: post(here(), body, { keepalive }) };
}

function post(address, body, options) {
  const token = currentToken() ?? "";
  // The one in the form may be of an earlier session, and would count before the header.
  body.set("csrfmiddlewaretoken", token);
  const headers = { Accept: "application/json", "X-CSRFToken": token };
  return fetch(address, { method: "POST", body, headers, ...options });
}

const here = () => form.getAttribute("action") ?? location.pathname;

// What became of it: "saved", or why it is not.
function save(options = {}) {
  const text = typed();
  if (text === saved) return Promise.resolve("saved");
  if (sending && (sending.text === text || !options.keepalive)) return sending.outcome;
  clearTimeout(retry);
  if (!sending) say("saving", mark.dataset.saving);
  const sent = request(text, options);
  sent.outcome = sent.answer.then(
    (response) => answered(response, sent),
    () => "no-connection",
  );
  sending = sent;
  return sent.outcome.then((outcome) => {
    if (sending === sent) sending = null;
    if (outcome !== "saved") failed(outcome);
    return outcome;
  });
}

async function answered(response, { text, turn }) {
  const told = await response.json().catch(() => ({}));
  if (response.ok && told.said) {
    if (turn < newest) return "saved";
    newest = turn;
    saved = text;
    delay = FIRST_RETRY;
    goOnFrom(told);
    say(told.caution ? "caution" : "saved", told.said);
    return "saved";
  }
  // Kept beside the draft: not lost, and not to be asked about.
  if (response.status === 409) saved = text;
  if (told.why in TOLD) return told.why;
  return response.status === 400 || response.status === 413 ? "too-long" : "failed";
}

function goOnFrom({ marks = {}, address, other_address: otherAddress, discard }) {
  for (const [name, value] of Object.entries(marks)) {
    if (form.elements[name]) form.elements[name].value = value;
  }
  const link = document.querySelector("a[hreflang]");
  const kept = `?unsaved=resume&typed=${mark.value}`;
  if (address) history.replaceState(history.state, "", address);
  else if (new URLSearchParams(location.search).has("unsaved")) history.replaceState(history.state, "", kept);
  if (link && otherAddress) link.href = otherAddress;
  else if (link && !address) link.search = kept;
  const away = document.getElementById("discard-draft");
  if (away && discard) {
    away.href = discard;
    away.hidden = false;
  }
}

function failed(why) {
  sayTrouble(why);
  if (why === "elsewhere" || why === "logged" || why === "too-long") return;
  retry = setTimeout(save, delay);
  delay = Math.min(delay * 2, LAST_RETRY);
}

function again() {
  delay = FIRST_RETRY;
  if (isUnsaved()) save();
}

// Leaving: by a link, by sending this form or another, by closing the tab

let leaving = false;

const patience = () => new Promise((done) => setTimeout(done, PATIENCE, "no-answer"));

// Save first, then go on with what was pressed; once, however often it is pressed meanwhile.
let isPressed = false;
let isLetThrough = false;

async function saveFirst(event, goOn) {
  if (leaving || isLetThrough || !isUnsaved()) return;
  event.preventDefault();
  event.stopPropagation();
  if (isPressed) return;
  isPressed = true;
  let outcome = await Promise.race([save(), patience()]);
  // Typed while an earlier text was on its way.
  if (outcome === "saved" && isUnsaved()) outcome = await Promise.race([save(), patience()]);
  isPressed = false;
  goOn(outcome);
}

function send(submitted, submitter) {
  isLetThrough = true;
  if (submitter?.isConnected) submitted.requestSubmit(submitter);
  else submitted.requestSubmit();
  isLetThrough = false;
}

function beforeSending(event) {
  const { target, submitter } = event;
  if (event.defaultPrevented || "throwAway" in target.dataset) return;
  saveFirst(event, (outcome) => {
    if (target === form && outcome === "no-connection") return say("not-sent", mark.dataset.notSent);
    return send(target, submitter);
  });
  if (event.defaultPrevented || target !== form) return;
  leaving = true;
  form.elements.turn.value = Number(form.elements.turn.value) + 1;
  setTimeout(() => (leaving = false), 2 * PATIENCE); // where no answer comes
}

function beforeFollowing(event) {
  const link = event.target.closest("a[href]");
  if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  if (link.target || link.origin !== location.origin || (link.hash && link.pathname === location.pathname)) return;
  if ("leave" in link.dataset) return leaveWithoutSaving();
  saveFirst(event, () => location.assign(link.href));
}

const throwAway = (page, options) => post(here(), new URLSearchParams({ do: "throw-away", typed: page }), options);

// Taken at its word: what this form has had kept goes as well.
function leaveWithoutSaving() {
  leaving = true;
  throwAway(mark.value, { keepalive: true });
}

async function throwAwayHere(event) {
  const panel = event.target;
  if (!("throwAway" in panel.dataset)) return;
  event.preventDefault();
  const wasOpened = "chosen" in panel.dataset;
  const pages = [panel.elements.typed.value, ...(wasOpened ? [mark.value] : [])];
  const answers = await Promise.all(pages.map((page) => throwAway(page).catch(() => null)));
  const refused = answers.find((answer) => !answer?.ok);
  if (refused !== undefined) return showTrouble(refused?.status === 401 ? "signed-out-text" : "trouble-text");
  if (wasOpened) {
    leaving = true;
    location.assign(location.pathname);
    return;
  }
  panel.closest("[data-unsaved]").remove();
  document.getElementById("main").focus();
}

function leave() {
  if (!leaving && isUnsaved()) save({ keepalive: true });
}

function askBeforeLeaving(event) {
  if (leaving || !isUnsaved()) return;
  event.preventDefault();
  leave();
}

if (form) {
  setInterval(() => isUnsaved() && save(), EVERY);
  if (saved === null) save();
  document.addEventListener("submit", throwAwayHere);
  document.addEventListener("submit", beforeSending, { capture: true });
  document.addEventListener("click", beforeFollowing);
  window.addEventListener("online", again);
  window.addEventListener("pageshow", () => (leaving = false));
  window.addEventListener("pagehide", leave);
  window.addEventListener("beforeunload", askBeforeLeaving);
  document.addEventListener("visibilitychange", () => (document.hidden ? leave() : again()));
}
