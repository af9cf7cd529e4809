// The data of the page as arrays by row number. Names stand in the list, which is there without scripts too.

const KINDS = ["note", "canvas", "attachment", "missing"];

function readScene(document) {
  const scene = JSON.parse(document.getElementById("map").textContent);
  const n = scene.x.length;
  const title = [];
  const folder = [];
  for (const group of document.querySelectorAll("#list ol")) {
    for (const item of group.children) {
      title.push(item.firstChild.data.replace(/\n$/, ""));
      folder.push(group.dataset.folder);
    }
  }
  const kind = new Uint8Array(n);
  let row = 0;
  for (const [number, count] of scene.kinds) {
    kind.fill(number, row, row + count);
    row += count;
  }
  const arriving = Array.from({ length: n }, () => []);
  scene.links.forEach((targets, source) => targets.forEach((target) => arriving[target].push(source)));
  const weight = new Float64Array(n);
  for (let i = 0; i < n; i++) weight[i] = arriving[i].length + 0.3 * scene.links[i].length - (kind[i] > 1 ? 0.5 : 0);
  const natural = scene.natural === 1;
  const radius = new Float64Array(n);
  const [least, most] = natural ? [3.2, 9] : [2, 4.4];
  for (let i = 0; i < n; i++) radius[i] = kind[i] === 2 ? least * 0.8 : Math.min(most, least + 0.9 * Math.sqrt(Math.max(weight[i], 0)));
  const whole = { ...scene, n, title, folder, kind, arriving, weight, radius, natural };
  return { ...whole, ...derived(whole, title, folder, kind), ...shapes(whole) };
}

/** Members of regions, the bands between them, and where their names go. */
function shapes(scene) {
  const members = scene.regions.map(() => []);
  for (let row = 0; row < scene.n; row++) members[scene.region[row]].push(row);
  let bands = null;
  let ordered = null;
  return {
    memberRows: (number) => members[number],
    bundles: () => (bands ??= strongest(scene)),
    byWeight: () => (ordered ??= [...scene.weight.keys()].sort((a, b) => scene.weight[b] - scene.weight[a] || a - b)),
    regionTop(number) {
      const [, x, y, r] = scene.regions[number];
      const rows = members[number];
      if (!scene.natural) return { x, top: y - r, size: rows.length };
      const top = Math.min(...rows.map((row) => scene.y[row]));
      return { x: rows.reduce((sum, row) => sum + scene.x[row], 0) / rows.length, top: top - 26, size: rows.length };
    },
  };
}

/** The strongest bands between regions: `[region, region, links]`. */
function strongest(scene) {
  const counts = new Map();
  scene.links.forEach((targets, source) => {
    for (const target of targets) {
      const [a, b] = [scene.region[source], scene.region[target]].sort((one, other) => one - other);
      if (a !== b) counts.set(a * 4096 + b, (counts.get(a * 4096 + b) || 0) + 1);
    }
  });
  const bands = [...counts].map(([key, count]) => [Math.floor(key / 4096), key % 4096, count]);
  return bands.sort((a, b) => b[2] - a[2] || a[0] - b[0] || a[1] - b[1]).slice(0, 60);
}

/** What is computed when it is first asked for. */
function derived(scene, title, folder, kind) {
  const foldedTitles = [];
  const rules = new Map();
  const byPath = new Map();
  const path = (row) => (folder[row] ? folder[row] + "/" : "") + title[row] + (kind[row] === 0 ? ".md" : "");
  const key = (row) => (kind[row] === 3 ? "?" : "") + path(row);
  const standings = new Map();
  scene.claims.forEach((claim) => {
    if (claim.row >= 0) standings.set(claim.row, [...(standings.get(claim.row) || []), claim.standing]);
  });
  return {
    path,
    key,
    rowOf(text) {
      if (!byPath.size) for (let row = 0; row < title.length; row++) byPath.set(key(row), row);
      return byPath.has(text) ? byPath.get(text) : -1;
    },
    shortTitle: (row) => (kind[row] === 3 ? title[row].replace(/^.*\/(?=.)/, "") : title[row]),
    foldedTitle: (row) => (foldedTitles[row] ??= folded(title[row])),
    ruleRows(rule) {
      if (!rules.has(rule)) rules.set(rule, new Set(scene.rules[rule] || []));
      return rules.get(rule);
    },
    standingsOf: (row) => standings.get(row) || [],
    worstFinding: (row) => (scene.findings[row] || []).findIndex((count) => count > 0),
  };
}

/** The parts that are not needed for the first frame: in the page, or in files beside it. */
function parts(document, beside) {
  const inside = new Map();
  const waiting = new Map();
  if (beside) {
    window.vaultcheckPart = (name, value) => {
      waiting.get(name)?.(value);
    };
  }
  const loaded = (name) => {
    if (!inside.has(name)) {
      inside.set(
        name,
        new Promise((done, failed) => {
          waiting.set(name, done);
          const script = document.createElement("script");
          script.src = "map-data/" + name + ".js";
          script.onerror = () => failed(new Error(name));
          document.head.append(script);
        }),
      );
    }
    return inside.get(name);
  };
  const within = (id) => {
    if (!inside.has(id)) inside.set(id, Promise.resolve(JSON.parse(document.getElementById(id).textContent)));
    return inside.get(id);
  };
  return {
    words: () => (beside ? loaded("words") : within("words")),
    card: async (row) =>
      beside ? (await loaded("cards-" + Math.floor(row / beside)))[row % beside] : (await within("cards"))[row],
  };
}
