// The desk page: the list of stories, or one of them.
import { get } from "./api.js";
import { announce, h, setTexts, t } from "./dom.js";
import { showList } from "./list.js";

const place = document.getElementById("desk");
let leave = () => {};

export async function show() {
  leave();
  leave = () => {};
  try {
    leave = await showList(place);
  } catch (error) {
    place.replaceChildren(h("main", { class: "lost" }, h("h1", {}, t("title")), h("p", {}, error.message)));
    throw error;
  }
}

setTexts(await get("texts.json"));
addEventListener("popstate", show);
addEventListener("unhandledrejection", ({ reason }) => announce(reason?.message ?? String(reason), "bad"));
await show();
