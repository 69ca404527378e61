const guongSangReading = {
  root: document.documentElement,
  key: "guong-sang.reading",
  defaults: { text: "2", scheme: "auto", contrast: "auto" },
  load() {
    try {
      return { ...this.defaults, ...JSON.parse(localStorage.getItem(this.key)) };
    } catch {
      return { ...this.defaults }; // storage is closed, or holds something else
    }
  },
  show(wishes) {
    for (const name of Object.keys(this.defaults)) this.root.dataset[name] = wishes[name];
  },
};
guongSangReading.root.classList.replace("no-js", "js");
// On a thin network letters of ours would come in the way of what is read.
if (navigator.connection?.saveData || /[23]g/.test(navigator.connection?.effectiveType)) {
  guongSangReading.root.dataset.save = "";
}
guongSangReading.show(guongSangReading.load());
if (location.search.length > 1) guongSangReading.root.dataset.asked = "";
