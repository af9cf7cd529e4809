// What a search finds, and what filters leave.

/** Text as it is compared: without case, accents and runs of white space. */
function folded(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/\s+/g, " ").trim();
}

/** LaTeX as it is compared: without white space and with one way to write a group of one letter. */
function foldedFormula(latex) {
  return latex.toLowerCase().replace(/\s+/g, "").replace(/([_^])\{(\w)\}/g, "$1$2");
}

/**
 * The rows that hold every word, best first, each with the reason: `{row, where, text}`.
 * `words[i]` is `[aliases, headings, formulas]` or 0, and may be missing while it is not loaded.
 */
function found(scene, words, query) {
  const asked = folded(query).split(" ").filter(Boolean);
  if (!asked.length) return [];
  const tag = query.trim().startsWith("#") ? folded(query.trim().slice(1)) : "";
  const formula = foldedFormula(query);
  const hits = [];
  for (let row = 0; row < scene.n; row++) {
    const hit = tag ? taggedHit(scene, row, tag) : rowHit(scene, words, row, asked, formula);
    if (hit) hits.push({ row, ...hit });
  }
  hits.sort((a, b) => b.score - a.score || scene.weight[b.row] - scene.weight[a.row] || a.row - b.row);
  return hits;
}

function taggedHit(scene, row, tag) {
  for (const number of scene.tagged[row] || []) {
    if (folded(scene.tags[number]).startsWith(tag)) return { score: 5, where: "tag", text: scene.tags[number] };
  }
  return null;
}

function rowHit(scene, words, row, asked, formula) {
  const holds = (text) => asked.every((word) => text.includes(word));
  const title = scene.foldedTitle(row);
  if (holds(title)) return { score: title.startsWith(asked[0]) ? 10 : 8, where: "", text: "" };
  const [aliases, headings, formulas] = (words && words[row]) || [[], [], []];
  for (const alias of aliases) if (holds(folded(alias))) return { score: 7, where: "alias", text: alias };
  for (const number of scene.tagged[row] || []) {
    if (holds(folded(scene.tags[number]))) return { score: 5, where: "tag", text: scene.tags[number] };
  }
  for (const heading of headings) if (holds(folded(heading))) return { score: 4, where: "heading", text: heading };
  for (const latex of formulas) {
    if (formula && foldedFormula(latex).includes(formula)) return { score: 3, where: "formula", text: latex };
  }
  if (holds(title + " " + folded(scene.folder[row]))) return { score: 2, where: "folder", text: scene.folder[row] };
  return null;
}

/** The rows of two sets, where null stands for all rows. */
function both(some, others) {
  if (!some || !others) return some || others;
  return new Set([...some].filter((row) => others.has(row)));
}

/** Whether a row passes one filter. */
function passes(scene, row, family, value) {
  switch (family) {
    case "standing":
      return scene.standingsOf(row).some((standing) => scene.standings[standing][0] === value);
    case "severity":
      return (scene.findings[row] || []).some((count, i) => count > 0 && scene.severities[i][0] === value);
    case "rule":
      return scene.ruleRows(value).has(row);
    case "folder":
      return scene.folder[row] === value || scene.folder[row].startsWith(value + "/");
    case "tag":
      return (scene.tagged[row] || []).some((i) => scene.tags[i] === value || scene.tags[i].startsWith(value + "/"));
    case "value": {
      const [key, wanted] = value.split("\n");
      const property = scene.properties.find(([name]) => name === key);
      return Boolean(property) && property[1][property[2][row]] === wanted;
    }
    case "only":
      return onlyHolds(scene, row, value);
  }
  return true;
}

function onlyHolds(scene, row, value) {
  if (value === "orphan") return scene.kind[row] < 2 && !scene.links[row].length && !scene.arriving[row].length;
  if (value === "unresolved") return scene.kind[row] === 3 || scene.links[row].some((other) => scene.kind[other] === 3);
  if (value === "attachment") return scene.kind[row] === 2;
  return true;
}

/**
 * The rows that all filters leave, as a Set, and the filters that were used. When nothing is left, the earliest
 * filters give way, so that the latest is always answered. `null` when there is no filter.
 */
function left(scene, filters) {
  for (let from = 0; from < filters.length; from++) {
    const used = filters.slice(from);
    const rows = new Set();
    for (let row = 0; row < scene.n; row++) {
      if (used.every(([family, value]) => passes(scene, row, family, value))) rows.add(row);
    }
    if (rows.size || from === filters.length - 1) return { rows, used };
  }
  return { rows: null, used: [] };
}
