// On paper the map is drawn as lines and letters, not as a picture, with the legend beside it.

function makePaper(document, app) {
  const root = document.documentElement;
  let theme = "";
  window.addEventListener("beforeprint", () => {
    theme = root.dataset.theme || "";
    root.dataset.theme = "light"; // paper is white
    document.getElementById("paper").replaceChildren(...sheet(document, app));
  });
  window.addEventListener("afterprint", () => {
    if (theme) root.dataset.theme = theme;
    else delete root.dataset.theme;
    document.getElementById("paper").replaceChildren();
  });
}

function sheet(document, app) {
  const { scene, stage } = app;
  const look = { ...app.look(), dark: false, k: stage.transform.k };
  const t = stage.transform;
  const svg = vector(document, "svg", { viewBox: `0 0 ${stage.wide} ${stage.high}`, class: "printed" });
  const world = vector(document, "g", { transform: `translate(${t.x} ${t.y}) scale(${t.k})` });
  world.append(...printedRegions(document, scene), printedLinks(document, scene, look), ...printedDots(document, scene, look));
  svg.append(world);
  for (const label of stage.labels) {
    const anchor = label.align === "center" ? "middle" : "start";
    const text = vector(document, "text", { x: label.x, y: label.y + 4, "font-size": label.size, "text-anchor": anchor, "font-weight": label.bold ? 600 : 400 });
    text.textContent = label.text;
    svg.append(text);
  }
  const legendCopy = document.getElementById("legend").cloneNode(true);
  legendCopy.removeAttribute("id");
  return [h(document, "h1", null, scene.vault), svg, legendCopy];
}

function printedRegions(document, scene) {
  return scene.regions.map(([, cx, cy, r], number) => {
    const shape = scene.natural ? printedBlob(document, scene, number) : vector(document, "circle", { cx, cy, r });
    shape.style.setProperty("--ink", regionInk(number, false, "ground"));
    return shape;
  });
}

/** The shape around the dots of a region and the links between them, as on the screen. */
function printedBlob(document, scene, number) {
  const rows = scene.memberRows(number);
  const group = vector(document, "g", { class: "blob" });
  const near = (row, other) => Math.hypot(scene.x[row] - scene.x[other], scene.y[row] - scene.y[other]) <= NEAR;
  const pairs = rows.flatMap((row) => scene.links[row].filter((other) => scene.region[other] === number && near(row, other)).map((other) => [row, other]));
  const d = pairs.map(([row, other]) => `M${scene.x[row]} ${scene.y[row]}L${scene.x[other]} ${scene.y[other]}`).join("");
  group.append(vector(document, "path", { d, "stroke-width": 34 }));
  for (const row of rows) group.append(vector(document, "circle", { cx: scene.x[row], cy: scene.y[row], r: 23 }));
  return group;
}

function printedLinks(document, scene, look) {
  const d = [];
  for (let row = 0; row < scene.n; row++) {
    for (const other of scene.links[row]) {
      if (!shownRow(scene, look, other) || (scene.region[row] !== scene.region[other] && !scene.natural)) continue;
      d.push(`M${scene.x[row]} ${scene.y[row]}L${scene.x[other]} ${scene.y[other]}`);
    }
  }
  return vector(document, "path", { d: d.join(""), class: "links", "stroke-width": 0.6 / look.k });
}

function printedDots(document, scene, look) {
  const dots = [];
  for (let row = 0; row < scene.n; row++) {
    if (!shownRow(scene, look, row) || (look.rows && !look.rows.has(row))) continue;
    const entry = look.colouring.entries[look.colouring.of[row]];
    const circle = vector(document, "circle", { cx: scene.x[row], cy: scene.y[row], r: scene.radius[row], class: scene.kind[row] === 3 ? "hollow" : "" });
    circle.style.setProperty("--ink", `var(--${entry ? entry.colour : look.colouring.rest || "dot"})`);
    dots.push(circle);
  }
  return dots;
}
