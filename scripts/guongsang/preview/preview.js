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
  // On the desk page the problems of the story stand beside their fields.
  if (panel && self !== top) {
    panel.remove();
  } else if (panel) {
    const key = "gs-preview-open";
    const chosen = sessionStorage.getItem(key);
    if (chosen !== null) panel.open = chosen === "yes";
    panel.addEventListener("toggle", () => sessionStorage.setItem(key, panel.open ? "yes" : "no"));
  }
  // One tab listens for all: a browser opens six lines to a host, and the next page would wait.
  // What tabs tell each other are versions; who has an older one loads its page again when seen.
  const [, path, loaded] = own.events.match(/(.*\/)(\d+)$/);
  let newest = BigInt(loaded);
  let listening = false;
  const tabs = new BroadcastChannel("gs-preview");
  const tell = () => tabs.postMessage(String(newest));
  const compare = () => {
    if (newest > BigInt(loaded) && document.visibilityState === "visible") location.reload();
  };
  const listen = () => {
    const news = new EventSource(path + newest);
    news.onmessage = ({ data }) => {
      news.close();
      newest = BigInt(data);
      tell();
      compare();
      listen();
    };
  };
  tabs.onmessage = ({ data }) => {
    const told = BigInt(data);
    if (told < newest && listening) tell();
    if (told > newest) newest = told;
    compare();
  };
  navigator.locks.request("gs-preview", () => {
    listening = true;
    tell();
    listen();
    return new Promise(() => {}); // until this page goes
  });
  document.addEventListener("visibilitychange", compare);
  addEventListener("pageshow", tell); // what was missed before, or while the page was put aside
})();
