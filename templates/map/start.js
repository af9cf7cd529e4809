// Brings the parts together: one view, shown by all of them and kept in the address.

const HELP = [
  ["/", "search"], ["Esc", "close what is open, one thing at a time"], ["arrows", "walk from note to note, or from claim to claim"], ["Enter", "open the card of the note or claim"],
  ["n, p", "next and previous note with a finding, the worst first"], ["+, −, 0", "nearer, farther, everything"], ["m, d, l", "map, derivations, list"], ["c", "colour by the next property"],
  ["t", "light or dark"], ["?", "these keys"],
];

function start(document) {
  const root = document.documentElement;
  root.classList.add("live");
  try {
    if (localStorage.getItem("vaultcheck-theme")) root.dataset.theme = localStorage.getItem("vaultcheck-theme");
  } catch {
    // A page from disk may be refused storage: the theme is then the system's.
  }
  const scene = readScene(document);
  const app = makeApp(document, scene);
  app.stage = makeStage(document, scene, {
    select: (row) => (row >= 0 ? app.choose(row) : app.close()),
    hover: (row) => app.say(row),
    moved: (at) => app.set({ at }, "replace"),
  });
  app.panel = makePanel(document, app);
  app.list = makeList(document, app);
  makePaper(document, app);
  listen(document, app);
  app.view = viewOf(location.hash);
  app.show(null);
  requestAnimationFrame(() => requestAnimationFrame(() => performance.mark("vaultcheck-first-frame")));
}

/** The state and its verbs. Every verb changes `view` through `set`, and `show` brings the page in line with it. */
function makeApp(document, scene) {
  const app = { scene, view: emptyView(), filtered: null, rows: null, words: null };
  const store = parts(document, scene.beside);
  app.calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
  app.dark = () => (document.documentElement.dataset.theme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
  app.look = () => ({ ink: app.ink, dark: app.dark(), colouring: app.colouring, rows: app.rows, files: app.view.files || app.view.filters.some(([, value]) => value === "attachment"), k: 1 });
  app.set = (change, how = "push") => {
    const before = app.view;
    app.view = { ...before, ...change };
    const hash = "#" + addressOf(app.view);
    if (hash !== (location.hash || "#")) history[how + "State"](null, "", hash);
    if (how === "push") app.show(before);
  };
  app.filter = (family, value) => app.set({ filters: toggled(app.view.filters, family, value) });
  app.valueOf = (family) => (app.view.filters.find(([other]) => other === family) || [])[1] || "";
  app.leftCount = () => (app.filtered ? app.filtered.size : scene.n);
  app.choose = (row) => app.set({ note: scene.key(row), claim: "", view: app.view.view === "derivations" ? "map" : app.view.view });
  app.chooseClaim = (number) => app.set({ claim: scene.claims[number].id, note: "", view: "derivations" });
  app.close = () => (app.view.note || app.view.claim) && app.set({ note: "", claim: "" });
  app.depth = (depth) => app.set({ depth }, "replace");
  app.say = (row) => (document.getElementById("spoken").textContent = row >= 0 ? spoken(scene, row) : "");
  app.needWords = () => (app.words ? null : store.words().then((words) => { app.words = words; if (app.view.q) app.search(app.view.q); }, () => {}));
  app.search = (query) => {
    app.set({ q: query }, "replace");
    narrowTo(app, query);
    app.stage.look = app.look();
    if (app.view.view === "map") redraw(app.stage);
    if (app.view.view === "derivations") app.derivations.only(app.rows, app.valueOf("standing"));
    if (query) app.needWords();
  };
  app.show = (before) => show(document, app, store, before);
  app.refreshInks = () => { app.ink = inks(document); };
  app.refreshInks();
  return app;
}

/** What search and filters leave together, on the map and in the list. */
function narrowTo(app, query) {
  const hits = found(app.scene, app.words, query);
  app.panel.results(query, hits);
  app.rows = both(app.filtered, query.trim() && hits.length ? new Set(hits.map(({ row }) => row)) : null);
  if (app.view.view === "list") app.list.only(app.rows);
}

function spoken(scene, row) {
  const counts = scene.findings[row] || [];
  const said = scene.severities.map(([name], i) => (counts[i] ? `${counts[i]} ${name}${counts[i] > 1 ? "s" : ""}` : "")).filter(Boolean);
  return [scene.shortTitle(row), scene.kind[row] === 3 ? "not written yet" : scene.folder[row], `${scene.arriving[row].length} links here`, ...said].filter(Boolean).join(", ");
}

/** Bring the page in line with the view. `before` is the view shown until now, or null at first and after "back". */
function show(document, app, store, before) {
  const { view, scene, stage } = app;
  app.colouring = colouring(scene, view.colour || app.panel.modes[0][0]);
  const { rows, used } = left(scene, view.filters);
  app.filtered = rows;
  narrowTo(app, view.q);
  app.panel.show(view, app.colouring, used);
  if (view.q && !app.words) app.needWords();
  document.body.dataset.view = view.view;
  document.getElementById("derivations").hidden = view.view !== "derivations";
  const row = view.note ? scene.rowOf(view.note) : -1;
  const claim = view.claim ? scene.claims.findIndex(({ id }) => id === view.claim) : -1;
  stage.selected = row;
  stage.look = app.look();
  if (view.view === "derivations") showDerivations(document, app, before, claim);
  if (view.view === "map") place(app, before, row);
  if (!before || before.note !== view.note || before.claim !== view.claim) showCard(document, app, store, row, claim, Boolean(before));
}

/** The derivation graph is made when it is first looked at: there may be thousands of claims. */
function showDerivations(document, app, before, claim) {
  app.derivations ??= makeDerivations(document, app);
  app.derivations.select(claim);
  app.derivations.only(app.rows, app.valueOf("standing"));
  if (!before || before.view !== "derivations") app.derivations.fit(claim);
}

/** Where the map looks: as the address says, at what is chosen, or at everything. */
function place(app, before, row) {
  const { view, stage } = app;
  resize(stage);
  if (!before) {
    const [x, y, k] = view.at || [];
    const there = view.at && d3.zoomIdentity.translate(stage.wide / 2, stage.high / 2).scale(k).translate(-x, -y);
    const chosen = row < 0 ? fitting(stage) : app.scene.natural ? fitting(stage, null, freeWidth(stage)) : nearTo(app, row);
    go(stage, there || chosen, true);
  } else if (row >= 0 && before.note !== view.note && !visible(stage, row)) {
    go(stage, nearTo(app, row), app.calm());
  }
  redraw(stage);
}

/** How much of the map's width a card leaves free. */
function freeWidth(stage) {
  return stage.wide > 760 ? stage.wide - 400 : stage.wide;
}

/** A transform with a row in the free part of the map, left of its card. */
function nearTo({ scene, stage }, row) {
  const k = Math.max(stage.transform.k, scene.natural ? 1 : 0.8);
  return d3.zoomIdentity.translate(freeWidth(stage) / 2, stage.high / 2).scale(k).translate(-scene.x[row], -scene.y[row]);
}

function visible(stage, row) {
  const [x, y] = stage.transform.apply([stage.scene.x[row], stage.scene.y[row]]);
  return x > 20 && x < freeWidth(stage) && y > 20 && y < stage.high - 20 && stage.transform.k > (stage.scene.natural ? 0.4 : 0.25);
}

async function showCard(document, app, store, row, claim, focus) {
  const card = document.getElementById("card");
  if (row < 0 && claim < 0) {
    card.hidden = true;
    card.replaceChildren();
    return;
  }
  const wanted = app.view.note + "\n" + app.view.claim;
  const data = claim >= 0 ? null : await store.card(row).catch(() => null);
  if (wanted !== app.view.note + "\n" + app.view.claim) return;
  let content = [cardHead(document, app, app.scene.shortTitle(Math.max(row, 0)), "the folder map-data is not beside this page")];
  if (claim >= 0) content = claimCard(document, app, claim);
  else if (data) content = noteCard(document, app, row, data);
  card.replaceChildren(...content);
  card.hidden = false;
  card.scrollTop = 0;
  if (focus && !document.activeElement.closest("#over, #derivations, #search")) card.querySelector("h2").focus();
}

function listen(document, app) {
  addEventListener("popstate", () => {
    app.view = viewOf(location.hash);
    app.show(null);
  });
  addEventListener("hashchange", () => {
    if (addressOf(app.view) === location.hash.slice(1)) return;
    app.view = viewOf(location.hash);
    app.show(null);
  });
  for (const button of document.querySelectorAll("[data-view]")) button.addEventListener("click", () => app.set({ view: button.dataset.view }));
  for (const button of document.querySelectorAll("[data-zoom]")) button.addEventListener("click", () => zoomBy(app, button.dataset.zoom));
  document.getElementById("theme").addEventListener("click", () => turnTheme(document, app));
  document.getElementById("help").addEventListener("click", () => showKeys(document));
  document.getElementById("noted").textContent = noted(app.scene);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => repaint(app));
  document.addEventListener("keydown", (event) => pressed(document, app, event));
}

function noted(scene) {
  const count = (kind) => scene.kinds.reduce((sum, [number, some]) => sum + (number === kind ? some : 0), 0);
  const links = scene.links.reduce((sum, targets) => sum + targets.length, 0);
  return `${count(0)} notes, ${links} links` + (count(3) ? `, ${count(3)} not written yet` : "");
}

function repaint(app) {
  app.refreshInks();
  app.show(app.view);
}

function turnTheme(document, app) {
  const theme = app.dark() ? "light" : "dark";
  const own = theme !== (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
  if (own) document.documentElement.dataset.theme = theme;
  else delete document.documentElement.dataset.theme;
  try {
    if (own) localStorage.setItem("vaultcheck-theme", theme);
    else localStorage.removeItem("vaultcheck-theme");
  } catch {
    // Not kept, then.
  }
  repaint(app);
}

function showKeys(document) {
  const keys = document.getElementById("keys");
  if (keys.open) return keys.close();
  const rows = HELP.map(([key, what]) => h(document, "div", null, h(document, "kbd", null, key), h(document, "span", null, what)));
  keys.replaceChildren(h(document, "h2", null, "Keys"), ...rows, h(document, "button", { type: "button", onclick: () => keys.close() }, "Close"));
  keys.showModal();
}

function zoomBy(app, how) {
  if (how === "fit") return go(app.stage, fitting(app.stage, app.rows && app.rows.size < 40 ? app.rows : null), app.calm());
  const { stage } = app;
  const selection = d3.select(stage.over);
  (app.calm() ? selection : selection.transition().duration(200)).call(stage.zoom.scaleBy, how === "in" ? 1.5 : 1 / 1.5);
}

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

function pressed(document, app, event) {
  if (event.ctrlKey || event.metaKey || event.altKey || document.getElementById("keys").open) return;
  const typing = event.target.closest("input, select, textarea");
  if (event.key === "Escape") return escape(document, app, typing);
  if (document.activeElement.closest("#results") && ARROWS[event.key]) return resultKeys(document, app.panel, event);
  if (typing) return;
  if (ARROWS[event.key]) return arrows(document, app, event);
  const verb = VERBS[event.key];
  if (!verb) return;
  event.preventDefault();
  verb(app, document);
}

const VERBS = {
  "/": (app) => app.panel.focus(),
  "?": (app, document) => showKeys(document),
  "+": (app) => zoomBy(app, "in"),
  "=": (app) => zoomBy(app, "in"),
  "-": (app) => zoomBy(app, "out"),
  0: (app) => zoomBy(app, "fit"),
  m: (app) => app.set({ view: "map" }),
  d: (app) => app.set({ view: "derivations" }),
  l: (app) => app.set({ view: "list" }),
  t: (app, document) => turnTheme(document, app),
  c: (app) => nextColour(app),
  n: (app) => nextFinding(app, 1),
  p: (app) => nextFinding(app, -1),
};

function escape(document, app, typing) {
  if (typing && app.view.q) app.search("");
  else if (app.view.note || app.view.claim) app.close();
  else if (app.view.filters.length) app.set({ filters: [] });
  else if (app.view.q) app.search("");
  if (typing) document.getElementById("over").focus();
}

function nextColour(app) {
  const modes = app.panel.modes.map(([mode]) => mode);
  const at = modes.indexOf(app.view.colour || modes[0]);
  const next = modes[(at + 1) % modes.length];
  app.set({ colour: next === modes[0] ? "" : next });
}

function nextFinding(app, step) {
  const { scene } = app;
  const rows = Object.keys(scene.findings).map(Number).filter((row) => !app.rows || app.rows.has(row));
  rows.sort((a, b) => scene.worstFinding(a) - scene.worstFinding(b) || a - b);
  if (!rows.length) return;
  const at = rows.indexOf(app.stage.selected);
  app.choose(rows[(at + step + rows.length + (at < 0 && step < 0 ? 1 : 0)) % rows.length]);
}

/** The arrow keys on the map and among the claims; elsewhere they scroll. */
function arrows(document, app, event) {
  if (app.view.view === "derivations") {
    const from = app.scene.claims.findIndex(({ id }) => id === app.view.claim);
    const to = app.derivations.step(from, event.key);
    if (to < 0) return;
    app.chooseClaim(to);
    document.querySelector(`[data-claim="${to}"]`).focus({ preventScroll: true });
  } else if (app.view.view === "map" && event.target.closest("#over, body") && !event.target.closest("aside, header")) {
    const from = app.stage.selected >= 0 ? app.stage.selected : app.scene.byWeight()[0];
    const to = app.stage.selected >= 0 ? beyond(app.stage, from, ARROWS[event.key]) : from;
    app.choose(to);
    app.say(to);
  } else return;
  event.preventDefault();
}

start(document);
