// The derivation graph: claims as boxes from premise to conclusion, and how far a premise reaches.

const COLUMN = 296;
const LINE = 98;
const BOX = [232, 74];
const READABLE = 0.6;

/** The claims that rest on a claim, near or far. */
function restingOn(scene, number) {
  return reached(number, (one) => scene.claims.flatMap((claim, i) => (claim.premises.includes(one) ? [i] : [])));
}

/** The claims that a claim rests on, near or far. */
function restsOn(scene, number) {
  return reached(number, (one) => scene.claims[one].premises);
}

function reached(from, next) {
  const seen = new Set();
  const way = [from];
  while (way.length) {
    for (const other of next(way.pop())) {
      if (other !== from && !seen.has(other)) {
        seen.add(other);
        way.push(other);
      }
    }
  }
  return seen;
}

function makeDerivations(document, app) {
  const { scene } = app;
  const holder = document.getElementById("derivations");
  if (!scene.claims.length) {
    holder.append(h(document, "p", { class: "empty" }, "No note of this vault states a claim yet: a formula with a block id, and a field from:: that names what it rests on."));
    return { select() {}, only() {}, fit() {}, step: () => -1 };
  }
  const world = h(document, "div", { class: "world" });
  const svg = vector(document, "svg", { class: "arrows", "aria-hidden": "true" });
  const at = (number) => [scene.claims[number].place[0] * COLUMN, scene.claims[number].place[1] * LINE];
  const arrows = scene.claims.flatMap((claim, to) => claim.premises.map((from) => ({ from, to, path: arrow(document, at(from), at(to)) })));
  arrows.forEach(({ path, from }) => {
    path.classList.add(scene.standings[scene.claims[from].standing][0]);
    svg.append(path);
  });
  const boxes = scene.claims.map((claim, number) => claimBox(document, app, number, at(number)));
  world.append(svg, ...boxes);
  holder.append(world);
  const zoom = d3.zoom().scaleExtent([0.1, 2.5]).on("zoom", ({ transform: t }) => {
    world.style.transform = `translate(${t.x}px, ${t.y}px) scale(${t.k})`;
  });
  zoom.filter((event) => !event.button && (event.type === "wheel" || !event.target.closest("button")));
  d3.select(holder).call(zoom).on("dblclick.zoom", null);
  return {
    select: (number) => light(scene, number, boxes, arrows),
    only: (rows, standing) => leave(scene, boxes, rows, standing),
    fit: (number) => centre(holder, zoom, scene, number, at),
    step: (number, key) => neighbourClaim(scene, number, key),
  };
}

function arrow(document, [x1, y1], [x2, y2]) {
  const [sx, sy, tx, ty] = [x1 + BOX[0], y1 + BOX[1] / 2, x2 - 5, y2 + BOX[1] / 2];
  const pull = Math.max(36, Math.abs(tx - sx) / 2);
  return vector(document, "path", { d: `M${sx} ${sy}C${sx + pull} ${sy} ${tx - pull} ${ty} ${tx} ${ty}m-6 -4l6 4l-6 4` });
}

function claimBox(document, app, number, [x, y]) {
  const { scene } = app;
  const claim = scene.claims[number];
  const [standing, mark] = scene.standings[claim.standing];
  const box = h(
    document,
    "button",
    { type: "button", class: "box " + standing, "data-claim": number, "aria-label": `${claimName(scene, number)}, ${standing}`, onclick: () => app.chooseClaim(number) },
    h(document, "span", { class: "name" }, h(document, "i", { "aria-hidden": "true" }, mark), " ", claimName(scene, number)),
    h(document, "span", { class: "formula" }, claim.latex ? formulaNode(document, shortened(claim.latex, 60), claim.math) : shortened(claim.understood, 34)),
  );
  box.style.left = x + "px";
  box.style.top = y + "px";
  return box;
}

/** Dim the claims that filters leave out: those of other notes, and of another standing when one is chosen. */
function leave(scene, boxes, rows, standing) {
  scene.claims.forEach((claim, i) => {
    const other = Boolean(standing) && scene.standings[claim.standing][0] !== standing;
    boxes[i].classList.toggle("out", other || (Boolean(rows) && !rows.has(claim.row)));
  });
}

/** Light up what a claim rests on and what rests on it; from a refuted or open one the ways it spoils. */
function light(scene, number, boxes, arrows) {
  const chosen = number >= 0;
  const above = chosen ? restsOn(scene, number) : new Set();
  const below = chosen ? restingOn(scene, number) : new Set();
  const inside = (set, one) => set.has(one) || one === number;
  boxes.forEach((box, i) => {
    box.classList.toggle("faint", chosen && !inside(above, i) && !below.has(i));
    box.classList.toggle("reached", below.has(i));
    box.classList.toggle("ground", above.has(i));
    box.setAttribute("aria-pressed", String(i === number));
  });
  for (const { path, from, to } of arrows) {
    const down = chosen && inside(below, from) && below.has(to);
    const up = chosen && above.has(from) && inside(above, to);
    path.classList.toggle("reach", down);
    path.classList.toggle("support", up);
    path.classList.toggle("faint", chosen && !down && !up);
    const source = chosen ? scene.standings[scene.claims[number].standing][0] : "";
    path.style.setProperty("--reach", source ? `var(--${source})` : "currentcolor");
  }
}

function centre(holder, zoom, scene, number, at) {
  const { width: whole, height } = holder.getBoundingClientRect();
  if (!whole) return;
  const width = number >= 0 && whole > 760 ? whole - 400 : whole;
  const [wide, high] = [0, 1].map((axis) => Math.max(...scene.claims.map((claim) => claim.place[axis])));
  const [needed, tall] = [wide * COLUMN + BOX[0], high * LINE + BOX[1]];
  const k = Math.min(1, (width - 80) / needed, (height - 80) / tall);
  const go = (x, y, scale) => d3.select(holder).call(zoom.transform, d3.zoomIdentity.translate(x, y).scale(scale));
  if (k >= READABLE) return go((width - needed * k) / 2, (height - tall * k) / 2, k);
  if (number < 0) return go(36, 32, READABLE);
  const [x, y] = at(number);
  return go(width / 2 - (x + BOX[0] / 2) * 0.85, height / 2 - (y + BOX[1] / 2) * 0.85, 0.85);
}

/** Where an arrow key leads from a claim: to a premise, to what rests on it, up or down its column. */
function neighbourClaim(scene, number, key) {
  if (number < 0) return 0;
  const claim = scene.claims[number];
  if (key === "ArrowLeft") return claim.premises[0] ?? number;
  if (key === "ArrowRight") {
    const next = scene.claims.findIndex((other) => other.premises.includes(number));
    return next >= 0 ? next : number;
  }
  const [column, line] = claim.place;
  const step = key === "ArrowUp" ? -1 : 1;
  const beyondIt = (one) => scene.claims[one].place[0] === column && (scene.claims[one].place[1] - line) * step > 0;
  const others = scene.claims.map((_, one) => one).filter(beyondIt);
  others.sort((a, b) => (scene.claims[a].place[1] - scene.claims[b].place[1]) * step);
  return others.length ? others[0] : number;
}
