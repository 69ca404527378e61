// The share box of a story: the phone's own sheet, and copying the address.
const box = document.querySelector("[data-share]");
const address = document.querySelector('link[rel="canonical"]')?.href ?? location.href;
const title = document.querySelector("h1")?.textContent.trim() ?? document.title;

function offer(name, act) {
  const button = box.querySelector(`[data-share-${name}]`);
  button.addEventListener("click", act);
  button.parentElement.hidden = false;
}

async function send() {
  try {
    await navigator.share({ title, url: address });
  } catch (error) {
    // Closing the sheet is no failure.
    if (error.name !== "AbortError") tell("Máy này không mở được bảng chia sẻ.");
  }
}

async function copy() {
  try {
    await navigator.clipboard.writeText(address);
    tell("Đã chép liên kết. Dán vào tin nhắn để gửi.");
  } catch {
    tell(`Không chép được. Địa chỉ của bài: ${address}`);
  }
}

function tell(text) {
  box.querySelector('[role="status"]').textContent = text;
}

if (box && navigator.share) {
  offer("sheet", send);
  // By the title: without the phone's sheet it leads down to the box.
  document.querySelector("[data-share-open]")?.addEventListener("click", (event) => {
    event.preventDefault();
    send();
  });
}
if (box && navigator.clipboard) offer("copy", copy);
