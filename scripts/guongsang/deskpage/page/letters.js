// What is sent and laid out: a story in Word for official mail, the form of nomination.
import { h, t } from "./dom.js";
import { make, open, showFiles } from "./made.js";

export const askDocx = (story) => make(t("docx"), {
  about: h("p", {}, t("docx-about")), wish: () => ({ story }), address: "docx.json", verb: t("docx-make"), wait: t("docx-busy"),
  show: (made) => showFiles(made, open(made.files[0], t("docx-open"))),
});

export const askForm = () => make(t("nominate"), {
  about: h("p", {}, t("nominate-about")), wish: () => ({}), address: "nominate.json", verb: t("nominate-make"), wait: t("docx-busy"),
  show: (made) => showFiles(made, open("phieu-gioi-thieu", t("consent-open")), made.hasCode ? null : h("p", { class: "bad" }, t("nominate-no-code"))),
});
