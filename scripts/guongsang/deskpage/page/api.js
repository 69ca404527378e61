// What the page asks the program for. A program that was restarted has another token.
import { t } from "./dom.js";

const told = (name) => document.querySelector(`meta[name="${name}"]`).content;
let token = told("token");

/** What browsers may offer to choose as photos: systems differ in which suffixes they know as pictures. */
export const PHOTO_TYPES = ["image/*", ...told("photos").split(" ")].join();
export const isPhoto = ({ name, type }) => type.startsWith("image/") || told("photos").split(" ").some((suffix) => name.toLowerCase().endsWith(suffix));

export class Refused extends Error {
  constructor(status, told) {
    super(told.text ?? t("unreachable"));
    this.status = status;
    this.told = told;
  }
}

async function ask(path, options) {
  try {
    return await fetch(path, { cache: "no-store", ...options });
  } catch {
    throw new Refused(0, { reason: "unreachable" });
  }
}

async function read(response) {
  const told = await response.json().catch(() => ({}));
  if (!response.ok) throw new Refused(response.status, told);
  return told;
}

export const get = async (path, query) => read(await ask(query ? `${path}?${new URLSearchParams(query)}` : path));

/** Send an object, or the bytes of a file. */
export async function post(path, value, query) {
  const address = query ? `${path}?${new URLSearchParams(query)}` : path;
  const body = value instanceof Blob ? value : JSON.stringify(value);
  const send = () => ask(address, { method: "POST", body, headers: { "X-Guong-Sang": token } });
  let response = await send();
  if (response.status === 403 && (await renew())) response = await send();
  return read(response);
}

async function renew() {
  const page = new DOMParser().parseFromString(await (await ask("./")).text(), "text/html");
  const found = page.querySelector('meta[name="token"]')?.content;
  if (!found || found === token) return false;
  token = found;
  return true;
}

/** Call something whenever the preview has been built again; returns how to stop. */
export function follow(version, act) {
  let news;
  const listen = (from) => {
    news = new EventSource(`../events/${from}`);
    news.onmessage = ({ data }) => {
      news.close();
      listen(data);
      act(data);
    };
  };
  listen(version);
  return () => news.close();
}

export const picture = (story, name) => `picture?${new URLSearchParams({ story, name })}`;
