// Names on the map: regions first, then notes by importance, none over another.

const MOST_LABELS = 40;
const FACE = 'system-ui, "Segoe UI", Roboto, "Noto Sans", sans-serif';

/** The labels for a view, in screen units: `{text, x, y, size, bold, ink, align}`. `at` maps the world to the screen. */
function chooseLabels(measure, scene, look, at, wide, high) {
  const taken = [];
  const labels = [];
  const put = (label, width) => {
    const edge = label.align === "center" ? label.x - width / 2 : label.x;
    const box = [edge - 2, label.y - label.size * 0.7, edge + width + 2, label.y + label.size * 0.7];
    if (box[0] < 2 || box[2] > wide - 2 || box[1] < 2 || box[3] > high - 2) return false;
    if (taken.some((other) => box[0] < other[2] && box[2] > other[0] && box[1] < other[3] && box[3] > other[1])) return false;
    taken.push(box);
    labels.push(label);
    return true;
  };
  regionLabels(measure, scene, look, at, put);
  if (scene.natural && !scene.star) taken.push(...obstacles(scene, look, at));
  dotLabels(measure, scene, look, at, wide, high, put);
  return labels;
}

/** The dots of a small map: a name may stand beside one, not on it. */
function obstacles(scene, look, at) {
  const boxes = [];
  for (let row = 0; row < scene.n; row++) {
    if (!shownRow(scene, look, row) || (look.rows && !look.rows.has(row))) continue;
    const [x, y] = at(scene.x[row], scene.y[row]);
    const r = scene.radius[row] * look.k * 0.9;
    boxes.push([x - r, y - r, x + r, y + r]);
  }
  return boxes;
}

function regionLabels(measure, scene, look, at, put) {
  scene.regions.forEach(([name], number) => {
    const { x, top, size } = scene.regionTop(number);
    if (!size || (look.rows && !scene.memberRows(number).some((row) => look.rows.has(row)))) return;
    const [sx, sy] = at(x, top);
    const type = Math.max(12, Math.min(17, 10 + 0.8 * Math.sqrt(size)));
    const text = shortened(name, 34);
    const width = measure(text, type, true);
    const label = { text, x: sx, y: sy - type * 0.4, size: type, bold: true, align: "center", ink: regionInk(number, look.dark, "name") };
    for (const lower of [0, 16, 34, 52, -14]) if (put({ ...label, y: label.y + lower }, width)) break;
  });
}

function dotLabels(measure, scene, look, at, wide, high, put) {
  let drawn = 0;
  for (const row of scene.byWeight()) {
    if (drawn >= MOST_LABELS) break;
    if (!shownRow(scene, look, row) || (look.rows && !look.rows.has(row))) continue;
    const [x, y] = at(scene.x[row], scene.y[row]);
    if (x < 0 || x > wide || y < 0 || y > high) continue;
    if (!scene.natural && !scene.star && !look.rows && look.k < 0.5 && scene.weight[row] < 3) continue;
    const text = shortened(scene.shortTitle(row), 30);
    const away = Math.max(scene.radius[row] * look.k, 1.5) + 4;
    const width = measure(text, 12, false);
    const plain = { row, text, size: 12, bold: false, align: "left", ink: look.ink(scene.kind[row] === 3 ? "soft" : "text") };
    const places = [[x + away, y], [x - away - width, y], [x - width / 2, y + away + 6], [x - width / 2, y - away - 6]];
    if (places.some(([px, py]) => put({ ...plain, x: px, y: py }, width))) drawn++;
  }
}

function shortened(text, most) {
  const letters = [...text];
  return letters.length <= most ? text : letters.slice(0, most - 1).join("").trimEnd() + "…";
}

/** Draw labels with a halo of the ground's colour, so that links do not cross letters. */
function paintLabels(context, labels, look) {
  context.textBaseline = "middle";
  context.lineJoin = "round";
  for (const label of labels) {
    context.font = `${label.bold ? 600 : 400} ${label.size}px ${FACE}`;
    context.textAlign = label.align;
    context.globalAlpha = 0.86;
    context.strokeStyle = look.ink("ground");
    context.lineWidth = 3.2;
    context.strokeText(label.text, label.x, label.y);
    context.globalAlpha = 1;
    context.fillStyle = label.ink;
    context.fillText(label.text, label.x, label.y);
  }
}

/** Widths of texts, each measured once. */
function measurer(context) {
  const known = new Map();
  return (text, size, bold) => {
    const key = `${bold ? "b" : ""}${size}|${text}`;
    if (!known.has(key)) {
      context.font = `${bold ? 600 : 400} ${size}px ${FACE}`;
      known.set(key, context.measureText(text).width);
    }
    return known.get(key);
  };
}
