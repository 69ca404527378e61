// The desk page: the list of stories, or one of them.
import { get } from "./api.js";
import { announce, h, setTexts, t } from "./dom.js";
import { showList } from "./list.js";

const place = document.getElementById("desk");
let leave = () => {};

export async function show(asked) {
  leave();
  leave = () => {};
  try {
    const story = new URLSearchParams(location.search).get("bai");
    // The list does not wait for what only a story needs.
    leave = story ? await (await import("./story.js")).showStory(place, story) : await showList(place, asked);
  } catch (error) {
    place.replaceChildren(h("main", { class: "lost" }, h("h1", {}, t("title")), h("p", {}, error.message)));
    throw error;
  }
}

const isList = !new URLSearchParams(location.search).get("bai");
const first = isList ? get("stories.json") : undefined;
first?.catch(() => {}); // told where it is waited for
setTexts(await get("texts.json"));
addEventListener("popstate", () => show());
// Links inside the desk change what is shown, not the page: what is typed is kept on the way.
addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-inside]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  history.pushState(null, "", link.href);
  show();
  scrollTo(0, 0);
});
addEventListener("unhandledrejection", ({ reason }) => announce(reason?.message ?? String(reason), "bad"));
await show(first);
