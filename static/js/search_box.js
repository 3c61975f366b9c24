// The key / leads to the search box, unless somebody is typing or has switched it off in this browser.

const OFF = "liaison.slash-off";
const box = document.getElementById("site-search");

function isOff() {
  try {
    return localStorage.getItem(OFF) !== null;
  } catch {
    return false; // storage is forbidden: nothing was switched
  }
}

function isTyping(target) {
  return target instanceof Element && target.matches("input, textarea, select, [contenteditable]");
}

function leadToBox(event) {
  const { key, ctrlKey, altKey, metaKey, isComposing, target } = event;
  if (key !== "/" || ctrlKey || altKey || metaKey || isComposing || event.defaultPrevented) return;
  if (isTyping(target) || isOff() || document.querySelector("dialog[open]")) return;
  event.preventDefault();
  box.focus();
  box.select();
}

function showSwitch(switching) {
  const off = isOff();
  for (const one of switching.querySelectorAll("[data-slash-on]")) one.hidden = off;
  for (const one of switching.querySelectorAll("[data-slash-off]")) one.hidden = !off;
  switching.hidden = false;
}

if (box) {
  document.addEventListener("keydown", leadToBox);
  const switching = document.querySelector("[data-slash]");
  if (switching) {
    showSwitch(switching);
    switching.querySelector("button").addEventListener("click", () => {
      if (isOff()) localStorage.removeItem(OFF);
      else localStorage.setItem(OFF, "1");
      showSwitch(switching);
    });
  }
}
