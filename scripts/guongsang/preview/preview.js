// Marks what is not published yet, and loads the page again when there is something new.
(() => {
  const own = document.currentScript.dataset;
  const marks = JSON.parse(own.marks);
  for (const link of document.querySelectorAll("a[href]")) {
    const text = link.origin === location.origin && marks[link.pathname];
    if (!text || link.pathname === location.pathname) continue;
    const card = link.closest("article.card");
    if (card && card.querySelector(".gs-preview__badge")) continue;
    const badge = document.createElement("span");
    badge.className = card ? "gs-preview__badge" : "gs-preview__badge gs-preview__badge--inline";
    badge.textContent = text;
    if (card) {
      if (getComputedStyle(card).position === "static") card.style.position = "relative";
      card.append(badge);
    } else {
      link.after(badge);
    }
  }
  const panel = document.querySelector(".gs-preview__problems");
  if (panel) {
    const key = "gs-preview-open";
    const chosen = sessionStorage.getItem(key);
    if (chosen !== null) panel.open = chosen === "yes";
    panel.addEventListener("toggle", () => sessionStorage.setItem(key, panel.open ? "yes" : "no"));
  }
  const news = new EventSource(own.events);
  news.onmessage = () => { news.close(); location.reload(); };
  addEventListener("pagehide", () => news.close());
})();
