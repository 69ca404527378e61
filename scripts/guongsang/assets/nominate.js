// The page of nominations: answers make a letter. Nothing is sent but by who presses the button.
const letter = document.getElementById("thu");
const fields = [...document.querySelectorAll("[data-nominate] textarea")];
const questions = fields.map((field) => `${field.labels[0].textContent}\n`);
const blank = letter.defaultValue;
const mail = document.querySelector("[data-mail]");
// Windows hands no longer address to a mail program.
const longest = 1900;

function compose() {
  // From the last to the first, so that places stay where they are.
  letter.value = questions.reduceRight((text, question, at) => {
    const end = text.indexOf(question) + question.length;
    const answer = fields[at].value.trim();
    return answer ? `${text.slice(0, end)}${answer}\n${text.slice(end)}` : text;
  }, blank);
}

function mailWith(body) {
  const told = encodeURIComponent(body.replaceAll("\n", "\r\n"));
  return `mailto:${mail.dataset.to}?subject=${encodeURIComponent(mail.dataset.subject)}&body=${told}`;
}

async function copy() {
  try {
    await navigator.clipboard.writeText(letter.value);
    return true;
  } catch {
    letter.focus();
    letter.select();
    return false;
  }
}

const byHand = "Máy không cho chép tự động: thư đã được chọn, hãy chép rồi dán.";

function tell(text) {
  document.querySelector('.nominate__told').textContent = text;
}

async function send(event) {
  const address = mailWith(letter.value);
  mail.href = address;
  if (address.length <= longest) return;
  event.preventDefault();
  const isCopied = await copy();
  tell(isCopied ? "Thư dài nên đã được chép sẵn: dán vào thư vừa mở." : byHand);
  if (isCopied) location.href = mailWith("");
}

async function share() {
  try {
    await navigator.share({ title: document.querySelector("h1").textContent, text: letter.value });
  } catch (error) {
    // Closing the sheet is no failure.
    if (error.name !== "AbortError") tell("Máy này không mở được bảng chia sẻ.");
  }
}

letter.readOnly = true;
for (const field of fields) field.addEventListener("input", compose);
// A browser that comes back to the page brings what was typed.
compose();
addEventListener("pageshow", compose);
mail?.addEventListener("click", send);
document.querySelector("[data-copy]").addEventListener("click", async () => {
  tell((await copy()) ? "Đã chép thư. Mở Zalo, chọn tòa soạn, rồi dán." : byHand);
});
if (navigator.share) {
  const sheet = document.querySelector("[data-sheet]");
  sheet.addEventListener("click", share);
  sheet.parentElement.hidden = false;
}
