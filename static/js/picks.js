// The list: how many rows are picked; what was open stays open when the filters refine the list
// without loading the page anew.

function countPicks() {
  const line = document.getElementById("picks-count");
  if (!line) return;
  const picked = document.querySelectorAll(".row-pick:checked").length;
  line.textContent = picked ? `${picked} ${line.dataset.some}` : line.dataset.none;
}

document.addEventListener("change", (event) => {
  if (event.target.matches(".row-pick")) countPicks();
});
document.addEventListener("reset", () => setTimeout(countPicks));
// What was picked before this script was here, or when the page was left.
window.addEventListener("pageshow", countPicks);

let opened = null;
document.addEventListener("htmx:beforeSwap", () => {
  opened = new Map([...document.querySelectorAll("details[id]")].map((each) => [each.id, each.open]));
});
document.addEventListener("htmx:afterSettle", () => {
  for (const [id, open] of opened ?? []) {
    const details = document.getElementById(id);
    if (details) details.open = open;
  }
  countPicks();
});
