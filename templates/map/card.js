// The card of a note, or of a claim. Text goes in as text; a formula only after each of its elements was looked at.

const MATHML = "http://www.w3.org/1998/Math/MathML";
const A_LIST = 25;

/** An element with properties and children; strings become text. */
function h(document, name, properties, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties || {})) {
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (value !== false && value !== undefined) element.setAttribute(key, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** A formula: its MathML if that holds nothing but mathematics, else its LaTeX as it is written. */
function formulaNode(document, latex, mathml) {
  if (mathml) {
    const parsed = new DOMParser().parseFromString("<!doctype html><body>" + mathml, "text/html");
    const math = parsed.body.firstElementChild;
    if (parsed.body.children.length === 1 && math.localName === "math" && harmless(math)) return document.importNode(math, true);
  }
  return h(document, "code", { class: "tex" }, latex);
}

function harmless(math) {
  return [math, ...math.querySelectorAll("*")].every(
    (element) =>
      (element.namespaceURI === MATHML || element.localName === "b" || element.localName === "i") &&
      element.localName !== "annotation-xml" &&
      [...element.attributes].every(({ name }) => !name.startsWith("on") && !["href", "src", "style", "xlink:href", "actiontype"].includes(name)),
  );
}

/** `obsidian://open?…` for a note of the vault. */
function obsidianLink(vault, path) {
  return "obsidian://open?vault=" + encodeURIComponent(vault) + "&file=" + encodeURIComponent(path.replace(/\.md$/, ""));
}

/** A list of which the first are shown and the others when asked for. */
function longList(document, items, build) {
  const list = h(document, "ul", { class: "plain" });
  const show = (from, to) => items.slice(from, to).forEach((item) => list.append(h(document, "li", null, ...build(item))));
  show(0, A_LIST);
  if (items.length <= A_LIST) return [list];
  const more = h(document, "button", { type: "button", class: "more" }, `${items.length - A_LIST} more`);
  more.addEventListener("click", () => {
    show(A_LIST, items.length);
    more.remove();
  });
  return [list, more];
}

/** Formulas without repetitions. */
function unique(formulas) {
  const seen = new Set();
  return formulas.filter(([, latex]) => !seen.has(latex.trim()) && seen.add(latex.trim()));
}

/** Whether a formula states something, or stands on a line of its own: the others are names in a sentence. */
function states([, latex, , display]) {
  return display === 1 || /[=<>]|\\(?:approx|sim|simeq|neq?|leq?|geq?|to|propto|equiv|Rightarrow|mapsto|in)(?![A-Za-z])/.test(latex);
}

/** `app` is what start.js makes: scene, look(), view, and the verbs choose, chooseClaim, filter, close, depth. */
function noteCard(document, app, row, data) {
  const { scene } = app;
  const el = (name, properties, ...children) => h(document, name, properties, ...children);
  const link = (other, text) =>
    el("button", { type: "button", class: "to" + (scene.kind[other] === 3 ? " hollow" : ""), onclick: () => app.choose(other) }, text || scene.shortTitle(other));
  const section = (title, count, ...children) => count > 0 && el("section", null, el("h3", null, title, " ", el("small", null, String(count))), ...children);
  const missing = scene.kind[row] === 3;
  const claims = scene.claims.map((claim, i) => i).filter((i) => scene.claims[i].row === row);
  const shownBy = new Set(claims.map((i) => scene.claims[i].line));
  const formulas = unique(data.formulas.filter((formula) => !formula[4].length && !shownBy.has(formula[0])));
  const [stated, names] = [formulas.filter(states), formulas.filter((formula) => !states(formula))];
  const tags = (scene.tagged[row] || []).map((tag) => scene.tags[tag]);
  const out = scene.links[row].filter((other) => app.view.files || scene.kind[other] !== 2);
  return [
    cardHead(document, app, scene.shortTitle(row), missing ? "not written yet" : scene.path(row)),
    missing || el("p", null, el("a", { href: obsidianLink(scene.vault, scene.path(row)), class: "launch" }, "Open in Obsidian")),
    tags.length > 0 && el("p", { class: "tags" }, ...tags.map((tag) => el("button", { type: "button", class: "tag", onclick: () => app.filter("tag", tag) }, "#" + tag))),
    section("Findings", data.findings.length, findingList(document, app, data.findings)),
    section("Claims", claims.length, ...claims.map((i) => claimBlock(document, app, i, false))),
    section("Neighbours", scene.links[row].length + scene.arriving[row].length, insetBlock(document, app, row)),
    section("Formulas", stated.length, ...longList(document, stated, ([line, latex, mathml]) => [el("div", { class: "formula", title: "line " + line }, formulaNode(document, latex, mathml))])),
    section("Symbols", names.length, ...longList(document, names, ([line, latex, mathml]) => [el("span", { title: "line " + line }, formulaNode(document, latex, mathml))])),
    section("Linked from", data.arriving.length, ...longList(document, data.arriving, (sentence) => backlink(document, scene, link, sentence))),
    section("Links to", out.length, ...longList(document, out, (other) => [link(other)])),
    section("Properties", data.properties.length, el("dl", null, ...data.properties.flatMap(([key, value]) => [el("dt", null, key), el("dd", null, value)]))),
  ].filter(Boolean);
}

function cardHead(document, app, title, below) {
  const close = h(document, "button", { type: "button", class: "close", "aria-label": "Close", title: "Close (Esc)", onclick: app.close }, "×");
  return h(document, "header", null, close, h(document, "h2", { tabindex: "-1" }, title), h(document, "p", { class: "path" }, below));
}

function backlink(document, scene, link, [source, line, before, shown, after]) {
  const head = h(document, "div", { class: "from" }, link(source), h(document, "small", null, line ? " line " + line : ""));
  if (!before && !shown && !after) return [head];
  return [head, h(document, "q", null, before, h(document, "mark", null, shown), after)];
}

function findingList(document, app, findings) {
  const { scene } = app;
  return h(
    document,
    "ul",
    { class: "plain findings" },
    ...findings.map(([rule, severity, line, message, hint]) =>
      h(
        document,
        "li",
        { class: scene.severities[severity][0] },
        h(document, "i", { "aria-hidden": "true" }, scene.severities[severity][1]),
        h(document, "span", null, h(document, "b", null, `line ${line}`), " ", message, hint && h(document, "em", null, " " + hint)),
        h(document, "button", { type: "button", class: "rule", onclick: () => app.filter("rule", rule) }, rule),
      ),
    ),
  );
}

/** The local graph with its three depths. */
function insetBlock(document, app, row) {
  const holder = h(document, "div", { class: "near" });
  const show = (depth) => {
    const { svg, more } = makeInset(document, app.scene, app.look(), row, depth, app.choose);
    const buttons = [1, 2, 3].map((each) =>
      h(document, "button", { type: "button", "aria-pressed": String(each === depth), onclick: () => { app.depth(each); show(each); } }, String(each)),
    );
    holder.replaceChildren(svg, h(document, "p", { class: "depth" }, "links away ", ...buttons, more ? ` ${more} more not drawn` : ""));
  };
  show(app.view.depth);
  return holder;
}

/** A claim: what it states, what it is worth and why, what it rests on. */
function claimBlock(document, app, number, whole) {
  const { scene } = app;
  const claim = scene.claims[number];
  const [standing, mark, meaning] = scene.standings[claim.standing];
  const el = (name, properties, ...children) => h(document, name, properties, ...children);
  const to = (other) => el("button", { type: "button", class: "to claim-ref " + scene.standings[scene.claims[other].standing][0], onclick: () => app.chooseClaim(other) }, el("i", { "aria-hidden": "true" }, scene.standings[scene.claims[other].standing][1]), " ", claimName(scene, other));
  const resting = restingOn(scene, number);
  return el(
    "article",
    { class: "claim " + standing },
    el("p", { class: "state" }, el("i", { "aria-hidden": "true" }, mark), el("b", null, standing), el("span", null, " " + meaning)),
    claim.latex && el("div", { class: "formula" }, formulaNode(document, claim.latex, claim.math)),
    claim.understood && el("p", { class: "understood" }, (claim.latex ? "understood as: " : "") + claim.understood),
    claim.verdict && el("p", null, el("b", null, claim.verdict), claim.why ? ": " + claim.why : ""),
    claim.steps.length > 0 && el("details", whole || standing === "refuted" ? { open: "" } : null, el("summary", null, `derivation, ${claim.steps.length} steps`), el("ol", { class: "steps" }, ...claim.steps.map(([text, mathml]) => el("li", null, mathml ? formulaNode(document, text, mathml) : text)))),
    claim.premises.length > 0 && el("p", { class: "rests" }, "rests on ", ...claim.premises.map(to)),
    claim.elsewhere.length > 0 && el("p", { class: "rests" }, "and on ", claim.elsewhere.join(", ")),
    resting.size > 0 && el("p", { class: "rests" }, whole ? `${resting.size} rest on it ` : "", ...(whole ? [...resting].slice(0, A_LIST).map(to) : [`${resting.size} rest on it`])),
    el("p", { class: "line" }, `line ${claim.line} `, el("button", { type: "button", class: "to", onclick: () => app.chooseClaim(number) }, "show in derivations")),
  );
}

function claimName(scene, number) {
  const claim = scene.claims[number];
  const where = claim.row >= 0 ? scene.shortTitle(claim.row) : claim.id;
  const anchor = claim.id.includes("#") ? " " + claim.id.slice(claim.id.indexOf("#")) : "";
  return where + (anchor || (claim.line ? ", line " + claim.line : ""));
}

function claimCard(document, app, number) {
  const { scene } = app;
  const claim = scene.claims[number];
  const note = claim.row >= 0 && h(document, "p", null, h(document, "button", { type: "button", class: "launch", onclick: () => app.choose(claim.row) }, "Open the note's card"));
  return [cardHead(document, app, claimName(scene, number), claim.row >= 0 ? scene.path(claim.row) : ""), note, claimBlock(document, app, number, true)].filter(Boolean);
}
