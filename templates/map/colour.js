// What the dots' colours say: one entry of the legend for each, and the legend is the filter.

const PALETTE = 9;

function colourModes(scene) {
  const modes = [];
  if (scene.claims.length) modes.push(["standing", "standing of claims"]);
  modes.push(["severity", "findings"]);
  if (new Set(scene.folder).size > 1) modes.push(["folder", "folder"]);
  if (scene.tags.length) modes.push(["tag", "tag"]);
  for (const [key] of scene.properties) modes.push(["property:" + key, "property: " + key]);
  return modes;
}

/**
 * `{of, entries}`: `of[row]` is the number of a row's entry, or -1; an entry is
 * `{name, family, value, colour, mark, count, meaning}`, its colour the name of a variable of the style sheet.
 */
function colouring(scene, mode) {
  if (mode === "standing") return byStanding(scene);
  if (mode === "folder") return byLabel(scene, "folder", (row) => [topFolder(scene, row)]);
  if (mode === "tag") return byLabel(scene, "tag", (row) => (scene.tagged[row] || []).map((tag) => scene.tags[tag]));
  const property = scene.properties.find(([key]) => "property:" + key === mode);
  if (property) return byProperty(scene, property);
  return bySeverity(scene);
}

function byStanding(scene) {
  const entries = scene.standings.map(([name, mark, meaning]) => ({
    name, mark, meaning, family: "standing", value: name, colour: name, count: 0,
  }));
  const of = new Int16Array(scene.n).fill(-1);
  for (const claim of scene.claims) {
    entries[claim.standing].count++;
    const shown = claim.row >= 0 ? of[claim.row] : -1;
    if (claim.row >= 0 && (shown < 0 || scene.standings[claim.standing][3] > scene.standings[shown][3])) of[claim.row] = claim.standing;
  }
  return { of, entries, rest: "idle" };
}

function bySeverity(scene) {
  const entries = scene.severities.map(([name, mark, meaning]) => ({
    name, mark, meaning, family: "severity", value: name, colour: name, count: 0,
  }));
  const of = new Int16Array(scene.n).fill(-1);
  for (const row of Object.keys(scene.findings)) {
    scene.findings[row].forEach((count, i) => (entries[i].count += count));
    of[row] = scene.worstFinding(Number(row));
  }
  return { of, entries };
}

function topFolder(scene, row) {
  return scene.kind[row] < 2 ? scene.folder[row].split("/")[0] : "";
}

/** The most frequent labels get a colour; a row with several shows its rarest, which says most. */
function byLabel(scene, family, labels) {
  const counts = new Map();
  for (let row = 0; row < scene.n; row++) {
    for (const label of new Set(labels(row))) if (label) counts.set(label, (counts.get(label) || 0) + 1);
  }
  const ordered = [...counts.keys()].sort((a, b) => counts.get(b) - counts.get(a) || (a < b ? -1 : 1)).slice(0, PALETTE);
  const number = new Map(ordered.map((label, i) => [label, i]));
  const of = new Int16Array(scene.n).fill(-1);
  for (let row = 0; row < scene.n; row++) {
    for (const label of labels(row)) if (number.has(label)) of[row] = Math.max(of[row], number.get(label));
  }
  const entries = ordered.map((label, i) => ({
    name: family === "tag" ? "#" + label : label, family, value: label, colour: "hue-" + i, mark: "●",
    count: counts.get(label), meaning: "",
  }));
  return { of, entries };
}

function byProperty(scene, [key, values, held]) {
  const of = new Int16Array(scene.n).fill(-1);
  const entries = values.slice(0, PALETTE).map((value, i) => ({
    name: value, family: "value", value: key + "\n" + value, colour: "hue-" + i, mark: "●", count: 0, meaning: "",
  }));
  for (const [row, value] of Object.entries(held)) {
    if (value >= entries.length) continue;
    of[row] = value;
    entries[value].count++;
  }
  return { of, entries };
}

/** The colours of the style sheet as they are now: they follow the theme. */
function inks(document) {
  const style = getComputedStyle(document.documentElement);
  const known = new Map();
  return (name) => {
    if (!known.has(name)) known.set(name, style.getPropertyValue("--" + name).trim() || "#888");
    return known.get(name);
  };
}
