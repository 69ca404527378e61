// Size of letters, colours and contrast as the reader likes them, remembered on this device.
// What they were is shown by inline/reading.js, which stands in every page: none flashes in other
// colours. This one comes when the page is there, and nothing waits for it.
{
  const { key, defaults } = guongSangReading;
  const SIZES = ["1", "2", "3", "4", "5"];

  const save = (wishes) => {
    try {
      localStorage.setItem(key, JSON.stringify(wishes));
    } catch {
      // Private windows may not keep anything: the wish holds for this page.
    }
  };
  const apply = (wishes) => {
    guongSangReading.show(wishes);
    for (const button of document.querySelectorAll("[data-reading]")) {
      const [name, value] = button.dataset.reading.split(":");
      if (name in wishes && name !== "text") button.ariaPressed = String(wishes[name] === value);
    }
  };
  const resize = (wishes, by) => {
    const at = SIZES.indexOf(wishes.text) + by;
    return by ? SIZES[Math.min(Math.max(at, 0), SIZES.length - 1)] : defaults.text;
  };

  // On a narrow screen the line of links is longer than the screen.
  const showHere = () => {
    const here = document.querySelector(".masthead__nav [aria-current]");
    const line = here?.closest("ul");
    if (line) line.scrollLeft = here.offsetLeft - (line.clientWidth - here.offsetWidth) / 2;
  };

  let wishes = guongSangReading.load();
  apply(wishes);
  showHere();
  addEventListener("storage", () => apply((wishes = guongSangReading.load())));
  addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-reading]");
    const menu = document.querySelector(".reading[open]");
    if (button) {
      const [name, value] = button.dataset.reading.split(":");
      wishes = { ...wishes, [name]: name === "text" ? resize(wishes, Number(value)) : value };
      save(wishes);
      apply(wishes);
    } else if (menu && !menu.contains(event.target)) {
      menu.open = false;
    }
  });
  addEventListener("keydown", (event) => {
    const menu = document.querySelector(".reading[open]");
    if (event.key === "Escape" && menu) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
  // "/" goes to the search, as readers of large sites know it.
  addEventListener("keydown", (event) => {
    const isTyping = event.target.closest?.("input, textarea, select, [contenteditable]");
    const box = document.querySelector('[role="search"] input[name="q"]');
    if (event.key !== "/" || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
    if (!box?.checkVisibility?.()) return;
    event.preventDefault();
    box.focus();
    box.select();
  });
}
