// The search of the editors' guide: passages that have all words, typed with marks or without.
const form = document.querySelector("[data-passages]");
const words = form.querySelector("input");
const list = form.querySelector("ol");
const told = form.querySelector('[role="status"]');
const MOST = 20;
let passages;

// As long as what it is of, so that places in one are places in the other.
function fold(text) {
  const plain = [...text.normalize("NFC")].map((sign) => sign.normalize("NFD")[0]).join("");
  return plain.replace(/[đĐ]/g, "d").toLowerCase();
}

async function read() {
  const answer = await fetch(form.dataset.passages);
  if (!answer.ok) throw new Error(answer.status);
  return (await answer.json()).map(([url, page, heading, text]) => ({
    url, page, heading, text, first: fold(`${page} ${heading}`), rest: fold(text),
  }));
}

function find(all, asked) {
  const has = (passage) => asked.every((word) => `${passage.first} ${passage.rest}`.includes(word));
  const rank = (passage) => asked.filter((word) => passage.first.includes(word)).length;
  return all.filter(has).sort((one, other) => rank(other) - rank(one));
}

function show(passage, asked) {
  const item = document.createElement("li");
  const link = document.createElement("a");
  link.href = form.dataset.root + passage.url;
  link.textContent = passage.heading;
  const at = Math.max(0, ...asked.map((word) => passage.rest.indexOf(word)));
  const begin = at < 60 ? 0 : passage.text.indexOf(" ", at - 50) + 1;
  const piece = passage.text.slice(begin, begin + 160).trim();
  const rest = document.createElement("p");
  rest.textContent = `${passage.page}: ${begin ? "…" : ""}${piece}${begin + 160 < passage.text.length ? "…" : ""}`;
  item.append(link, rest);
  return item;
}

async function search() {
  const asked = fold(words.value).split(/\s+/).filter(Boolean);
  try {
    passages ??= read();
    const found = asked.length ? find(await passages, asked) : [];
    list.replaceChildren(...found.slice(0, MOST).map((passage) => show(passage, asked)));
    const more = found.length > MOST ? `, hiện ${MOST} mục đầu` : "";
    told.textContent = asked.length ? `${found.length} mục${more}.` : "";
  } catch {
    passages = undefined;
    told.textContent = "Không tải được hướng dẫn để tìm. Kiểm tra mạng rồi gõ lại.";
  }
}

words.addEventListener("input", search);
form.addEventListener("submit", (event) => event.preventDefault());
