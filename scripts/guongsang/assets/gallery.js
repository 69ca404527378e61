// The pictures of a story, one at a time: arrow keys, swipe, Esc. Without it links lead to the files.
const links = [...document.querySelectorAll(".gallery__open")];
let dialog;
let shown = 0;

function make(tag, className, text) {
  const element = document.createElement(tag);
  element.className = className;
  if (text) element.textContent = text;
  return element;
}

function makeButton(className, label, sign, act) {
  const button = make("button", className, sign);
  button.type = "button";
  button.ariaLabel = label;
  button.addEventListener("click", act);
  return button;
}

function build() {
  dialog = make("dialog", "viewer");
  dialog.ariaLabel = "Ảnh của bài";
  const figure = make("figure", "viewer__figure");
  figure.append(make("img", "viewer__image"), make("figcaption", "viewer__caption"));
  const count = make("p", "viewer__count");
  count.role = "status";
  const close = makeButton("viewer__close", "Đóng", "×", () => dialog.close());
  dialog.append(figure, count, close);
  if (links.length > 1) {
    dialog.append(
      makeButton("viewer__back", "Ảnh trước", "‹", () => show(shown - 1)),
      makeButton("viewer__on", "Ảnh sau", "›", () => show(shown + 1)),
    );
  }
  dialog.addEventListener("keydown", (event) => {
    if (event.key === "ArrowLeft") show(shown - 1);
    if (event.key === "ArrowRight") show(shown + 1);
  });
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  // The picture that was looked at last is where reading goes on.
  dialog.addEventListener("close", () => links[shown].focus());
  let from = null;
  dialog.addEventListener("touchstart", (event) => (from = event.changedTouches[0].clientX), { passive: true });
  dialog.addEventListener("touchend", (event) => {
    const moved = event.changedTouches[0].clientX - from;
    if (Math.abs(moved) > 50) show(shown + (moved < 0 ? 1 : -1));
  });
  document.body.append(dialog);
}

function show(number) {
  shown = (number + links.length) % links.length;
  const link = links[shown];
  const small = link.querySelector("picture img");
  const image = dialog.querySelector(".viewer__image");
  image.srcset = link.querySelector("source")?.srcset ?? small.srcset;
  image.sizes = "100vw";
  image.src = link.href;
  image.alt = small.alt;
  image.width = small.width;
  image.height = small.height;
  const told = [...link.closest("figure").querySelectorAll("figcaption > span")];
  dialog.querySelector(".viewer__caption").textContent = told.map((part) => part.textContent.trim()).join(" – ");
  dialog.querySelector(".viewer__count").textContent = `Ảnh ${shown + 1} trên ${links.length}`;
}

links.forEach((link, number) => {
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return; // the reader wants the file
    event.preventDefault();
    if (!dialog) build();
    show(number);
    dialog.showModal();
  });
});
