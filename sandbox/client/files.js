// Files beside a message, and the viewer that shows a PDF in the browser's own reader.

import { h, icon } from "./dom.js";
import { dialog } from "./confirm.js";
import { where } from "./store.js";

export const size = (bytes) => (bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1e3))} KB` : `${(bytes / 1e6).toFixed(1)} MB`);

export const address = (file) =>
  `/files/${encodeURIComponent(file.id)}/${encodeURIComponent(file.name)}?${new URLSearchParams({ as: where.me })}`;

export function attachments(files) {
  if (!files?.length) return null;
  return h("div.files", {}, files.map(attachment));
}

export function attachment(file) {
  if (file.mode === "tombstone") return h("p.detail", {}, "This file was deleted.");
  if (/^image\//.test(file.mimetype))
    return h("button.picture-file", { onclick: () => view(file), "data-key": `file:${file.id}` },
      h("img", { src: address(file), alt: file.title, loading: "lazy" }));
  return h("button.file", { onclick: () => view(file), "data-key": `file:${file.id}` },
    h("span.paper", {}, icon("file")),
    h("span", {}, h("strong", {}, file.title), h("span.detail", {}, `${kind(file)} · ${size(file.size)}`)));
}

const kind = (file) => (file.mimetype === "application/pdf" ? "PDF" : file.name.split(".").pop().toUpperCase());

export function view(file) {
  const shown = /^image\//.test(file.mimetype)
    ? h("img.page", { src: address(file), alt: file.title })
    : h("iframe.page", { src: address(file), title: file.title });
  const close = () => node.close();
  const node = dialog(file.title, [
    h("header", {}, h("h2", {}, file.title),
      h("a.button", { href: address(file), download: file.name, target: "_blank" }, "Download"),
      h("button.button", { onclick: close, "aria-label": "Close" }, icon("close"))),
    shown,
  ], { wide: true });
}
