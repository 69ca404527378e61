// What is sent and laid out: a story in Word for official mail, the form of nomination.
import { ask } from "./actions.js";
import { post } from "./api.js";
import { h, t } from "./dom.js";
import { make, open } from "./printing.js";

const where = (path) => h("p", { class: "hint" }, t("printed-where", { path }));

export const askDocx = (story) => make(t("docx"), {
  about: h("p", {}, t("docx-about")), wish: () => ({ story }), address: "docx.json", verb: t("docx-make"), wait: t("docx-busy"),
  show: ({ files: [path] }) => ask(t("printed"), { about: [open(path, t("docx-open")), where(path)], verb: t("close") }),
});

export const askForm = () => make(t("nominate"), {
  about: h("p", {}, t("nominate-about")), wish: () => ({}), address: "nominate.json", verb: t("nominate-make"), wait: t("docx-busy"),
  show: ({ files: [path], hasCode }) => ask(t("printed"), {
    about: [open("phieu-gioi-thieu", t("consent-open")), hasCode ? null : h("p", { class: "bad" }, t("nominate-no-code")), where(path)], verb: t("close"),
  }),
});
