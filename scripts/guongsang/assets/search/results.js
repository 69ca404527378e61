import { choosePassage, markWords, readPage } from "./excerpt.js";

// What is found, put on the page.

const PAGE = 10;

/** Make an element: its name, attributes, and children that may be texts. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

/** Show names and stories; `more` is called with the number of stories shown when it grows. */
export function showResults(box, { names, found, query, catalogue, shown, more }) {
  const parts = [];
  if (names.length) parts.push(showNames(names, query, catalogue));
  const list = element("ol", { class: "results" });
  const observer = new IntersectionObserver(
    (entries) => entries.forEach((entry) => entry.isIntersecting && entry.target.fill?.()),
    { rootMargin: "200px" },
  );
  const grow = (to) => {
    for (const hit of found.slice(list.children.length, to)) {
      const item = showStory(hit.story, query, catalogue);
      list.append(item);
      observer.observe(item);
    }
  };
  grow(Math.max(PAGE, shown));
  if (list.children.length) parts.push(list);
  if (list.children.length < found.length) parts.push(moreButton(list, found, grow, more));
  box.replaceChildren(...parts);
}

function moreButton(list, found, grow, more) {
  const button = element("button", { type: "button", class: "results__more" });
  const label = () => {
    button.textContent = `Xem thêm (còn ${found.length - list.children.length} bài)`;
  };
  label();
  button.addEventListener("click", () => {
    const before = list.children.length;
    grow(before + PAGE);
    list.children[before].querySelector("a").focus();
    more(list.children.length);
    if (list.children.length < found.length) label();
    else button.remove();
  });
  return button;
}

function showNames(names, query, catalogue) {
  const items = names.map(({ entry, spelling }) => {
    const link = element("a", { href: catalogue.root + entry.url, class: "entries__name" });
    link.append(markWords(entry.name, query));
    const note = [entry.kind, whySo(entry, spelling), `${entry.count} bài`].filter(Boolean);
    return element("li", {}, link, " ", element("span", { class: "entries__note" }, note.join(" · ")));
  });
  const heading = element("h2", { class: "visually-hidden" }, "Người, nơi và danh mục");
  return element("section", { class: "found-names" }, heading, element("ul", { class: "entries" }, ...items));
}

/** Why an entry of another name is here: an old name or another spelling of it was typed. */
function whySo(entry, spelling) {
  if (spelling.isDistrict) return `thuộc ${spelling.text} cũ`;
  if (spelling.isFormer) return `gồm ${spelling.text} cũ`;
  return spelling.text === entry.name ? "" : `còn gọi: ${spelling.text}`;
}

function showStory(story, query, catalogue) {
  const url = catalogue.root + story.url;
  const labels = (facet) => story.facets[facet].flatMap((key) => catalogue.labels[facet].get(key) || []);
  const title = element("a", { href: url });
  title.append(markWords(story.title, query));
  const picture = element("div", { class: "card__picture" }, element("span", { class: "picture picture--small" }));
  const passage = element("p", { class: "card__summary" });
  const item = element(
    "li",
    {},
    element(
      "article",
      { class: "card card--result" },
      picture,
      element(
        "div",
        { class: "card__text" },
        element("p", { class: "kicker" }, labels("column").join(", ")),
        element("h2", { class: "card__title" }, title),
        passage,
        element("p", { class: "card__facts" }, element("span", {}, labels("place")[0] || ""), dateOf(story)),
      ),
    ),
  );
  // On a thin network title and facts are all: a passage is read from the whole page.
  if ("save" in document.documentElement.dataset) item.classList.add("results__bare");
  item.fill = () => {
    item.fill = undefined;
    if ("save" in document.documentElement.dataset) return;
    readPage(url).then(
      (page) => {
        passage.append(choosePassage(page, query));
        if (page.picture) picture.firstChild.append(pictureOf(page.picture));
      },
      () => item.classList.add("results__bare"), // gone, or no network: title and facts remain
    );
  };
  return item;
}

function dateOf(story) {
  const [year, month, day] = String(story.date).match(/^(....)(..)(..)$/).slice(1);
  return element("time", { datetime: `${year}-${month}-${day}` }, `${day}/${month}/${year}`);
}

function pictureOf({ avif, jpeg, classes }) {
  const image = element("img", { src: jpeg, alt: "", width: "480", height: "320", loading: "lazy" });
  image.classList.add(...classes);
  const made = element("picture");
  if (avif) made.append(element("source", { type: "image/avif", srcset: avif }));
  made.append(image);
  return made;
}
