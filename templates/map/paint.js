// Draws the map: regions, links, dots. Everything is drawn from the scene; nothing is kept here.

const TURN = 137.508;
const NEAR = 130;

/** Region colours: neighbours in size differ, since their hues stand a golden angle apart. */
function regionInk(number, dark, part) {
  const hue = (38 + number * TURN) % 360;
  const [saturation, lightness] = { ground: dark ? [24, 15.5] : [46, 94], edge: dark ? [22, 22] : [38, 87], name: dark ? [34, 70] : [42, 34] }[part];
  return `hsl(${hue} ${saturation}% ${lightness}%)`;
}

/** Which rows are shown at all: attachments only when asked for. */
function shownRow(scene, look, row) {
  return scene.kind[row] !== 2 || look.files;
}

/**
 * Draw into a context whose transform maps the world to the picture. `look` is
 * `{ink, dark, colouring, rows, files, k}`: `rows` are those that filters leave, or null.
 */
function paintScene(context, scene, look, box) {
  paintBundles(context, scene, look);
  paintRegions(context, scene, look);
  paintLinks(context, scene, look, box);
  paintDots(context, scene, look, box);
}

function paintRegions(context, scene, look) {
  scene.regions.forEach(([, x, y, r], number) => {
    context.beginPath();
    if (scene.natural) blob(context, scene, look, number);
    else context.arc(x, y, r, 0, 2 * Math.PI);
    if (scene.natural) return;
    context.fillStyle = regionInk(number, look.dark, "ground");
    context.fill();
  });
}

/** A shape that grows around the region's dots and the links between them. */
function blob(context, scene, look, number) {
  const members = scene.memberRows(number);
  for (const [part, wide] of [["edge", 2.4 / look.k], ["ground", 0]]) {
    const ink = regionInk(number, look.dark, part);
    context.fillStyle = ink;
    context.strokeStyle = ink;
    context.lineCap = context.lineJoin = "round";
    context.lineWidth = 34 + wide;
    context.beginPath();
    for (const row of members) {
      for (const other of scene.links[row]) {
        if (scene.region[other] !== number || !shownRow(scene, look, other)) continue;
        if (Math.hypot(scene.x[row] - scene.x[other], scene.y[row] - scene.y[other]) > NEAR) continue;
        context.moveTo(scene.x[row], scene.y[row]);
        context.lineTo(scene.x[other], scene.y[other]);
      }
    }
    context.stroke();
    context.beginPath();
    for (const row of members) {
      if (!shownRow(scene, look, row)) continue;
      context.moveTo(scene.x[row] + 23 + wide / 2, scene.y[row]);
      context.arc(scene.x[row], scene.y[row], 23 + wide / 2, 0, 2 * Math.PI);
    }
    context.fill();
  }
  context.beginPath();
}

/** Between the regions of a large map: one band for all links of two regions, from middle to middle below them. */
function paintBundles(context, scene, look) {
  if (scene.natural) return;
  context.strokeStyle = look.ink("link");
  context.lineCap = "round";
  for (const [a, b, count] of scene.bundles()) {
    const [, x1, y1] = scene.regions[a];
    const [, x2, y2] = scene.regions[b];
    context.globalAlpha = 0.16;
    context.lineWidth = Math.min(26, 2 + 1.1 * Math.sqrt(count));
    context.beginPath();
    context.moveTo(x1, y1);
    context.quadraticCurveTo((x1 + x2) / 2 - (y2 - y1) * 0.12, (y1 + y2) / 2 + (x2 - x1) * 0.12, x2, y2);
    context.stroke();
  }
  context.globalAlpha = 1;
}

/** Links inside a region, faint; on a small map those between regions too, fainter. */
function paintLinks(context, scene, look, box) {
  const crowd = scene.n > 2500;
  context.strokeStyle = look.ink("link");
  context.lineWidth = (crowd ? 0.5 : 0.9) / look.k;
  for (const between of scene.natural ? [true, false] : [false]) {
    context.globalAlpha = (between ? 0.3 : crowd ? 0.22 : 0.55) * (look.rows ? 0.4 : 1);
    context.beginPath();
    for (let row = 0; row < scene.n; row++) {
      for (const other of scene.links[row]) {
        if ((scene.region[row] !== scene.region[other]) !== between || !shownRow(scene, look, other)) continue;
        if (!touches(scene, row, other, box)) continue;
        context.moveTo(scene.x[row], scene.y[row]);
        if (between) bend(context, scene, row, other);
        else context.lineTo(scene.x[other], scene.y[other]);
      }
    }
    context.stroke();
  }
  context.globalAlpha = 1;
}

function touches(scene, a, b, box) {
  return !(
    (scene.x[a] < box.left && scene.x[b] < box.left) ||
    (scene.x[a] > box.right && scene.x[b] > box.right) ||
    (scene.y[a] < box.top && scene.y[b] < box.top) ||
    (scene.y[a] > box.bottom && scene.y[b] > box.bottom)
  );
}

/** A long link leaves the straight way a little, so that two of them can be told apart. */
function bend(context, scene, a, b) {
  const [x1, y1, x2, y2] = [scene.x[a], scene.y[a], scene.x[b], scene.y[b]];
  context.quadraticCurveTo((x1 + x2) / 2 - (y2 - y1) * 0.1, (y1 + y2) / 2 + (x2 - x1) * 0.1, x2, y2);
}

function paintDots(context, scene, look, box) {
  const groups = new Map();
  for (let row = 0; row < scene.n; row++) {
    const [x, y] = [scene.x[row], scene.y[row]];
    if (x < box.left || x > box.right || y < box.top || y > box.bottom || !shownRow(scene, look, row)) continue;
    const faint = look.rows && !look.rows.has(row) ? 1 : 0;
    const key = (faint * 8 + scene.kind[row]) * 64 + look.colouring.of[row] + 1;
    if (!groups.has(key)) groups.set(key, []);
    groups.get(key).push(row);
  }
  for (const key of [...groups.keys()].sort((a, b) => b - a)) paintGroup(context, scene, look, groups.get(key));
}

function paintGroup(context, scene, look, rows) {
  const [first] = rows;
  const entry = look.colouring.entries[look.colouring.of[first]];
  const kind = scene.kind[first];
  const rest = kind === 3 ? "dot" : look.colouring.rest || "dot";
  const ink = look.ink(entry ? entry.colour : rest);
  context.globalAlpha = look.rows && !look.rows.has(first) ? 0.13 : 1;
  context.fillStyle = ink;
  context.strokeStyle = ink;
  context.beginPath();
  const least = 1.15 / look.k;
  for (const row of rows) {
    const r = Math.max(scene.radius[row], least);
    shape(context, scene.x[row], scene.y[row], r, entry && entry.family === "severity" ? entry.value : kind === 2 ? "file" : "");
  }
  if (kind === 3) {
    context.lineWidth = Math.max(0.9, 1.1 / look.k);
    context.setLineDash([2.2, 1.6]);
    context.stroke();
    context.setLineDash([]);
    return;
  }
  context.fill();
  context.lineWidth = Math.max(0.7, 0.8 / look.k);
  context.strokeStyle = look.ink("ground");
  if (rows.length < 2500) context.stroke();
  context.globalAlpha = 1;
}

/** Shapes say the severity besides the colour: a diamond, a triangle, a square; a file is a small square. */
function shape(context, x, y, r, name) {
  if (name === "error") polygon(context, x, y, r * 1.5, 4, 0);
  else if (name === "warning") polygon(context, x, y, r * 1.45, 3, -Math.PI / 2);
  else if (name === "note") polygon(context, x, y, r * 1.3, 4, Math.PI / 4);
  else if (name === "file") polygon(context, x, y, r, 4, Math.PI / 4);
  else if (r < 1.6) context.rect(x - r, y - r, 2 * r, 2 * r);
  else {
    context.moveTo(x + r, y);
    context.arc(x, y, r, 0, 2 * Math.PI);
  }
}

function polygon(context, x, y, r, corners, turn) {
  for (let corner = 0; corner < corners; corner++) {
    const angle = turn + (corner * 2 * Math.PI) / corners;
    if (corner) context.lineTo(x + r * Math.cos(angle), y + r * Math.sin(angle));
    else context.moveTo(x + r * Math.cos(angle), y + r * Math.sin(angle));
  }
  context.closePath();
}
