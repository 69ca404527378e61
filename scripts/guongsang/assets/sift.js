// The box above an index: entries whose name or note has all words, typed with marks or without.
const form = document.querySelector("[data-sift]");
const box = form?.querySelector("input");
const told = form?.querySelector('[role="status"]');
const groups = [...document.querySelectorAll(".group")].map((group) => ({
  group,
  entries: [...group.querySelectorAll("li")].map((item) => ({ item, text: fold(item.textContent) })),
}));

function fold(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase();
}

function sift() {
  const words = fold(box.value).split(/\s+/).filter(Boolean);
  let left = 0;
  for (const { group, entries } of groups) {
    let shown = 0;
    for (const { item, text } of entries) {
      item.hidden = !words.every((word) => text.includes(word));
      shown += !item.hidden;
    }
    group.hidden = !shown;
    left += shown;
  }
  told.textContent = words.length ? `${left} mục` : "";
}

box?.addEventListener("input", sift);
form?.addEventListener("submit", (event) => event.preventDefault());
// The browser remembers what stood in the box when the reader comes back.
if (box?.value) sift();
