// The neighbourhood of a note, one to three links deep, drawn by forces that always start from the same places.

const MOST_NEAR = 60;

/** The rows within so many links of a row, nearest and weightiest first, and whether some were left out. */
function neighbourhood(scene, row, depth, files) {
  const depths = new Map([[row, 0]]);
  let edge = [row];
  for (let step = 1; step <= depth; step++) {
    const next = new Set();
    for (const one of edge) {
      for (const other of [...scene.links[one], ...scene.arriving[one]]) {
        if (!depths.has(other) && (files || scene.kind[other] !== 2)) next.add(other);
      }
    }
    edge = [...next].sort((a, b) => scene.weight[b] - scene.weight[a] || a - b);
    for (const other of edge) depths.set(other, step);
  }
  const rows = [...depths.keys()];
  return { rows: rows.slice(0, MOST_NEAR), more: Math.max(0, rows.length - MOST_NEAR) };
}

function makeInset(document, scene, look, row, depth, choose) {
  const { rows, more } = neighbourhood(scene, row, depth, look.files);
  const [wide, high] = [344, 236];
  const nodes = rows.map((each) => ({ row: each }));
  const number = new Map(rows.map((each, i) => [each, i]));
  const links = [];
  for (const source of rows) {
    for (const target of scene.links[source]) if (number.has(target)) links.push({ source: number.get(source), target: number.get(target) });
  }
  d3.forceSimulation(nodes)
    .force("link", d3.forceLink(links).distance(46))
    .force("push", d3.forceManyBody().strength(-120))
    .force("x", d3.forceX(0).strength(0.07))
    .force("y", d3.forceY(0).strength(0.11))
    .force("room", d3.forceCollide(9))
    .stop()
    .tick(180);
  const span = (pick, room) => room / 2 / Math.max(40, ...nodes.map((node) => Math.abs(pick(node))));
  const [sx, sy] = [span((node) => node.x, wide - 60), span((node) => node.y, high - 40)];
  const place = (node) => [wide / 2 + node.x * Math.min(sx, 1.6), high / 2 + node.y * Math.min(sy, 1.6)];
  const svg = vector(document, "svg", { viewBox: `0 0 ${wide} ${high}`, class: "inset", role: "group", "aria-label": "Neighbours" });
  for (const { source, target } of links) {
    const [[x1, y1], [x2, y2]] = [place(source), place(target)];
    svg.append(vector(document, "line", { x1, y1, x2, y2 }));
  }
  for (const node of nodes) svg.append(dot(document, scene, look, node.row, place(node), node.row === row, rows.length > 22, choose));
  return { svg, more };
}

function dot(document, scene, look, row, [x, y], middle, crowded, choose) {
  const name = scene.shortTitle(row);
  const entry = look.colouring.entries[look.colouring.of[row]];
  const group = vector(document, "g", { transform: `translate(${x} ${y})`, tabindex: 0, role: "button", "aria-label": name });
  const circle = vector(document, "circle", { r: middle ? 6.5 : 4.5, class: scene.kind[row] === 3 ? "hollow" : "" });
  circle.style.setProperty("--ink", look.ink(entry ? entry.colour : look.colouring.rest || "dot"));
  const title = vector(document, "title", {});
  title.textContent = name;
  group.append(title, circle);
  if (!crowded || middle) {
    const text = vector(document, "text", { y: -9, "text-anchor": "middle" });
    text.textContent = shortened(name, 20);
    group.append(text);
  }
  group.addEventListener("click", () => choose(row));
  group.addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === " ") choose(row);
  });
  return group;
}

function vector(document, name, attributes) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}
