// What several scripts say and send: a sentence to be heard, trouble to be seen, the token in force.

export function announce(text) {
  const region = document.getElementById("announcement");
  if (region) region.textContent = text;
}

export function showTrouble(templateId, { scroll = true } = {}) {
  const trouble = document.getElementById("trouble");
  const text = document.getElementById(templateId);
  if (!trouble || !text) return;
  trouble.replaceChildren(text.content.cloneNode(true));
  if (scroll) trouble.scrollIntoView({ block: "nearest" });
}

export function clearTrouble() {
  document.getElementById("trouble")?.replaceChildren();
}

// Signing in again in another tab changes the token that every form carries: send the one in force.
export function currentToken() {
  return document.cookie.match(/(?:^|;\s*)csrftoken=([^;]+)/)?.[1];
}
