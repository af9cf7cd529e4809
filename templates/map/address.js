// The view and its address: everything that is chosen stands in the hash, in the order in which it was chosen.

const FAMILIES = ["standing", "severity", "rule", "folder", "tag", "value", "only"];
const VIEWS = ["map", "derivations", "list"];

function emptyView() {
  return { view: "map", note: "", claim: "", colour: "", q: "", files: false, depth: 1, filters: [], at: null };
}

/** The hash of a view, without `#`. What is as usual is not written. */
function addressOf(view) {
  const parts = [];
  const put = (key, value) => parts.push(key + "=" + encodeURIComponent(value));
  if (view.view !== "map") put("view", view.view);
  if (view.note) put("note", view.note);
  if (view.claim) put("claim", view.claim);
  if (view.colour) put("colour", view.colour);
  if (view.q) put("q", view.q);
  for (const [family, value] of view.filters) put(family, value);
  if (view.files) put("files", "1");
  if (view.depth !== 1) put("depth", view.depth);
  if (view.at) put("at", view.at.map((number) => Math.round(number * 1000) / 1000).join("_"));
  return parts.join("&");
}

/** The view that a hash stands for. Whatever is not understood is left out. */
function viewOf(hash) {
  const view = emptyView();
  for (const part of hash.replace(/^#/, "").split("&")) {
    const cut = part.indexOf("=");
    if (cut < 1) continue;
    const key = part.slice(0, cut);
    const value = decoded(part.slice(cut + 1));
    if (key === "view" && VIEWS.includes(value)) view.view = value;
    else if (key === "note" || key === "claim" || key === "colour" || key === "q") view[key] = value;
    else if (key === "files") view.files = value === "1";
    else if (key === "depth") view.depth = Math.min(3, Math.max(1, Number(value) || 1));
    else if (key === "at") view.at = placeOf(value);
    else if (FAMILIES.includes(key)) view.filters = chosen(view.filters, key, value);
  }
  return view;
}

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function placeOf(text) {
  const numbers = text.split("_").map(Number);
  return numbers.length === 3 && numbers.every(Number.isFinite) && numbers[2] > 0 ? numbers : null;
}

/** Filters with one more: of each family the later one wins. */
function chosen(filters, family, value) {
  return [...filters.filter(([other]) => other !== family), [family, value]];
}

/** Filters with one more, or without it when it was there. */
function toggled(filters, family, value) {
  const there = filters.some(([other, old]) => other === family && old === value);
  return there ? filters.filter(([other]) => other !== family) : chosen(filters, family, value);
}
