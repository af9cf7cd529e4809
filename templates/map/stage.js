// The map on the screen: two canvases, zoom and touch, what is under the pointer. A large map moves as a bitmap.

const SMALL = 1200;
const SPARE = 0.3;

/** `act` has `select(row)`, `hover(row)`, `moved(at)`; `ink()` gives the colours as they are now. */
function makeStage(document, scene, act) {
  const holder = document.getElementById("stage");
  const [base, over] = [document.getElementById("base"), document.getElementById("over")];
  const stage = {
    scene, holder, base, over, act,
    bitmap: document.createElement("canvas"),
    transform: d3.zoomIdentity, drawn: null, look: null, pointed: -1, selected: -1, wide: 0, high: 0, ratio: 1, settled: 0, labels: [],
  };
  stage.measure = measurer(stage.bitmap.getContext("2d"));
  stage.tree = d3.quadtree([...scene.weight.keys()], (row) => scene.x[row], (row) => scene.y[row]);
  stage.zoom = d3.zoom().scaleExtent([0.02, 12]).on("zoom", (event) => moved(stage, event));
  d3.select(over).call(stage.zoom).on("dblclick.zoom", null);
  over.addEventListener("pointermove", (event) => point(stage, event));
  over.addEventListener("pointerleave", () => hover(stage, -1));
  over.addEventListener("click", (event) => act.select(under(stage, event)));
  new ResizeObserver(() => resize(stage)).observe(holder);
  resize(stage);
  return stage;
}

function resize(stage) {
  const { width, height } = stage.holder.getBoundingClientRect();
  if (!width || !height || (width === stage.wide && height === stage.high)) return;
  const first = !stage.wide;
  [stage.wide, stage.high] = [width, height];
  stage.ratio = Math.min(window.devicePixelRatio || 1, 2);
  for (const canvas of [stage.base, stage.over]) {
    canvas.width = Math.round(width * stage.ratio);
    canvas.height = Math.round(height * stage.ratio);
  }
  stage.zoom.extent([[0, 0], [width, height]]);
  if (!first && stage.look) redraw(stage);
}

/** The transform that shows these rows, or everything, in the part of the map that a card leaves free. */
function fitting(stage, rows, free = stage.wide) {
  const { scene } = stage;
  const margin = rows ? 120 : 44;
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  const add = (x, y, r) => {
    [left, top, right, bottom] = [Math.min(left, x - r), Math.min(top, y - r), Math.max(right, x + r), Math.max(bottom, y + r)];
  };
  if (!rows && !scene.natural) scene.regions.forEach(([, x, y, r]) => add(x, y, r));
  else for (const row of rows || scene.weight.keys()) add(scene.x[row], scene.y[row], 24);
  const k = Math.min((free - 2 * margin) / (right - left), (stage.high - 2 * margin) / (bottom - top), rows ? 3 : 2.4);
  const scale = Math.max(k, 0.02);
  return d3.zoomIdentity.translate(free / 2, stage.high / 2).scale(scale).translate(-(left + right) / 2, -(top + bottom) / 2);
}

/** Go to a transform: at once when motion is unwelcome. */
function go(stage, transform, calm) {
  const selection = d3.select(stage.over);
  if (calm) selection.call(stage.zoom.transform, transform);
  else selection.transition().duration(420).call(stage.zoom.transform, transform);
}

function moved(stage, event) {
  stage.transform = event.transform;
  if (stage.look) frame(stage);
  clearTimeout(stage.settled);
  stage.settled = setTimeout(() => {
    if (stage.look) redraw(stage);
    if (event.sourceEvent) stage.act.moved([event.transform.invertX(stage.wide / 2), event.transform.invertY(stage.high / 2), event.transform.k]);
  }, 140);
}

/** One frame of a movement: a small map is drawn, a large one is moved as the bitmap last drawn. */
function frame(stage) {
  if (stage.frame) return;
  stage.frame = requestAnimationFrame(() => {
    stage.frame = 0;
    if (stage.scene.n <= SMALL) draw(stage);
    else slide(stage);
    paintOver(stage);
  });
}

function redraw(stage) {
  cancelAnimationFrame(stage.frame);
  stage.frame = 0;
  draw(stage);
  paintOver(stage);
}

/** Draw the map for the present transform, with some room around the screen, and show it. */
function draw(stage) {
  const { scene, transform: t, ratio, bitmap } = stage;
  const spare = scene.n <= SMALL ? 0 : SPARE;
  const [dx, dy] = [stage.wide * spare, stage.high * spare];
  const [width, height] = [Math.round((stage.wide + 2 * dx) * ratio), Math.round((stage.high + 2 * dy) * ratio)];
  if (bitmap.width !== width || bitmap.height !== height) [bitmap.width, bitmap.height] = [width, height];
  const context = bitmap.getContext("2d", { alpha: false });
  const look = { ...stage.look, k: t.k };
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.globalAlpha = 1;
  context.fillStyle = look.ink("ground");
  context.fillRect(0, 0, width, height);
  context.setTransform(ratio * t.k, 0, 0, ratio * t.k, ratio * (t.x + dx), ratio * (t.y + dy));
  const box = { left: t.invertX(-dx - 20), right: t.invertX(stage.wide + dx + 20), top: t.invertY(-dy - 20), bottom: t.invertY(stage.high + dy + 20) };
  paintScene(context, scene, look, box);
  context.setTransform(ratio, 0, 0, ratio, ratio * dx, ratio * dy);
  stage.labels = chooseLabels(stage.measure, scene, look, (x, y) => t.apply([x, y]), stage.wide, stage.high);
  paintLabels(context, stage.labels, look);
  stage.drawn = { t, dx, dy };
  slide(stage);
}

/** Put the bitmap where the present transform wants it. */
function slide(stage) {
  const { t, dx, dy } = stage.drawn;
  const now = stage.transform;
  const context = stage.base.getContext("2d", { alpha: false });
  const scale = now.k / t.k;
  const [x, y] = [now.x - (t.x + dx) * scale, now.y - (t.y + dy) * scale];
  context.setTransform(stage.ratio, 0, 0, stage.ratio, 0, 0);
  const whole = scale === 1 && x <= 0 && y <= 0 && x + stage.wide + 2 * dx >= stage.wide && y + stage.high + 2 * dy >= stage.high;
  if (!whole) {
    context.fillStyle = stage.look.ink("ground");
    context.fillRect(0, 0, stage.wide, stage.high);
  }
  context.imageSmoothingEnabled = scale !== 1;
  context.drawImage(stage.bitmap, x, y, (stage.wide + 2 * dx) * scale, (stage.high + 2 * dy) * scale);
}

/** Above the map: the links, neighbours and names of what is selected and of what is under the pointer. */
function paintOver(stage) {
  const { scene, over, ratio, transform: t } = stage;
  const context = over.getContext("2d");
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, over.width, over.height);
  const rows = [...new Set([stage.selected, stage.pointed])].filter((row) => row >= 0);
  if (!rows.length) return;
  const look = { ...stage.look, k: t.k };
  context.setTransform(ratio * t.k, 0, 0, ratio * t.k, ratio * t.x, ratio * t.y);
  for (const row of rows) paintStar(context, scene, look, row);
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  paintLabels(context, starLabels(stage, rows, look), look);
}

function paintStar(context, scene, look, row) {
  for (const [others, ink] of [[scene.arriving[row], "in"], [scene.links[row], "out"]]) {
    context.strokeStyle = look.ink(ink);
    context.lineWidth = 1.4 / look.k;
    context.globalAlpha = others.length > 60 ? 0.35 : 0.75;
    context.beginPath();
    for (const other of others) {
      if (!shownRow(scene, look, other)) continue;
      context.moveTo(scene.x[row], scene.y[row]);
      bend(context, scene, row, other);
    }
    context.stroke();
    context.globalAlpha = 1;
    const shown = others.filter((other) => shownRow(scene, look, other));
    for (const other of shown) paintGroup(context, scene, { ...look, rows: null }, [other]);
  }
  paintGroup(context, scene, { ...look, rows: null }, [row]);
  context.beginPath();
  context.arc(scene.x[row], scene.y[row], Math.max(scene.radius[row], 3 / look.k) + 4 / look.k, 0, 2 * Math.PI);
  context.lineWidth = 2 / look.k;
  context.strokeStyle = look.ink("accent");
  context.stroke();
}

function starLabels(stage, rows, look) {
  const { scene, transform: t } = stage;
  const near = rows.flatMap((row) => [...scene.arriving[row], ...scene.links[row]]);
  const there = new Set(stage.labels.map((label) => label.row));
  const all = new Set([...rows, ...near.sort((a, b) => scene.weight[b] - scene.weight[a]).slice(0, 16)]);
  const wanted = [...all].filter((row) => !there.has(row));
  const weighty = { ...scene, regions: [], star: true, byWeight: () => wanted };
  const bold = (label) => ({ ...label, ink: look.ink("text") });
  return chooseLabels(stage.measure, weighty, { ...look, rows: null, files: true }, (x, y) => t.apply([x, y]), stage.wide, stage.high).map(bold);
}

function point(stage, event) {
  if (event.buttons) return;
  hover(stage, under(stage, event));
}

function hover(stage, row) {
  if (row === stage.pointed) return;
  stage.pointed = row;
  stage.over.classList.toggle("pointing", row >= 0);
  paintOver(stage);
  stage.act.hover(row);
}

/** The row under the pointer, or -1. */
function under(stage, event) {
  const { left, top } = stage.over.getBoundingClientRect();
  const t = stage.transform;
  const [x, y] = t.invert([event.clientX - left, event.clientY - top]);
  const row = stage.tree.find(x, y, 26 / t.k + 6);
  if (row === undefined || !shownRow(stage.scene, stage.look, row)) return -1;
  const far = Math.hypot(stage.scene.x[row] - x, stage.scene.y[row] - y);
  return far <= Math.max(stage.scene.radius[row] + 5 / t.k, 9 / t.k) ? row : -1;
}

/** The nearest row in a direction from another one: how the arrow keys walk. */
function beyond(stage, row, [dx, dy]) {
  const { scene } = stage;
  let [best, least] = [row, Infinity];
  for (let other = 0; other < scene.n; other++) {
    const [ax, ay] = [scene.x[other] - scene.x[row], scene.y[other] - scene.y[row]];
    const along = ax * dx + ay * dy;
    const across = Math.abs(ax * dy - ay * dx);
    const cost = along + 2 * across;
    if (other === row || along <= 0 || across > 1.5 * along || cost >= least) continue;
    if (!shownRow(scene, stage.look, other) || (stage.look.rows && !stage.look.rows.has(other))) continue;
    [best, least] = [other, cost];
  }
  return best;
}
