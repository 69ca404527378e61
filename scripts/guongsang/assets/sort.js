// The register of honours in another order, and on paper. Without it: the order of the law.
const table = document.querySelector("[data-sortable]");
const told = document.querySelector("[data-sorted]");
const body = table?.tBodies[0];
const heads = [...(table?.querySelectorAll("th[data-by]") ?? [])];
const rows = [...(body?.rows ?? [])];
rows.forEach((row, order) => (row.dataset.order = order));

function sortBy(head) {
  const down = head.ariaSort === "ascending";
  const key = head.dataset.by;
  const value = (row) => Number(row.dataset[key]);
  // What has no year stands last in either direction.
  const known = rows.filter((row) => row.dataset[key]);
  const unknown = rows.filter((row) => !row.dataset[key]);
  known.sort((one, other) => (value(one) - value(other)) * (down ? -1 : 1));
  body.append(...known, ...unknown);
  heads.forEach((each) => each.removeAttribute("aria-sort"));
  head.ariaSort = down ? "descending" : "ascending";
  told.textContent = `Đã xếp theo ${head.textContent.toLowerCase()}, ${down ? "giảm dần" : "tăng dần"}`;
}

for (const head of heads) {
  const button = document.createElement("button");
  button.type = "button";
  button.append(...head.childNodes);
  button.addEventListener("click", () => sortBy(head));
  head.append(button);
}

const print = document.querySelector("[data-print]");
print.addEventListener("click", () => window.print());
