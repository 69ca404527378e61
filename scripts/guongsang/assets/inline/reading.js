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
if (navigator.connection?.saveData) guongSangReading.root.dataset.save = "";
guongSangReading.show(guongSangReading.load());
