// The side: search, legend and filters, and the counts in the head.

const RESULTS = 30;
const RARE = 40;

function makePanel(document, app) {
  const { scene } = app;
  const el = (name, properties, ...children) => h(document, name, properties, ...children);
  const input = document.getElementById("search");
  const select = document.getElementById("colour");
  const modes = colourModes(scene);
  select.append(...modes.map(([value, name]) => el("option", { value }, name)));
  select.addEventListener("change", () => app.set({ colour: select.value === modes[0][0] ? "" : select.value }));
  input.addEventListener("input", () => app.search(input.value));
  input.addEventListener("focus", () => app.needWords());
  input.addEventListener("keydown", (event) => searchKeys(document, app, event));
  for (const button of document.querySelectorAll("#tally button")) {
    button.addEventListener("click", () => app.filter(button.dataset.family, button.dataset.value));
  }
  document.getElementById("filters").append(...filterControls(document, app));
  return {
    modes,
    show(view, colouring, used) {
      select.value = view.colour || modes[0][0];
      if (input.value !== view.q) input.value = view.q;
      legend(document, app, colouring, used);
      chips(document, app, used);
      controls(document, view, used);
    },
    results: (query, hits) => results(document, app, query, hits),
    focus() {
      input.focus();
      input.select();
    },
  };
}

function legend(document, app, colouring, used) {
  const entries = colouring.entries.filter((entry) => entry.count > 0);
  const items = entries.map((entry) => {
    const on = used.some(([family, value]) => family === entry.family && value === entry.value);
    const mark = h(document, "i", { "aria-hidden": "true" }, entry.mark);
    mark.style.setProperty("color", `var(--${entry.colour})`);
    const name = h(document, "span", null, entry.name, entry.meaning && h(document, "em", null, entry.meaning));
    return h(document, "li", null, h(document, "button", { type: "button", "aria-pressed": String(on), onclick: () => app.filter(entry.family, entry.value) }, mark, name, h(document, "small", null, String(entry.count))));
  });
  const rest = { severity: "no finding", standing: "no claim" }[entries[0]?.family] || (items.length ? "other" : "nothing to show");
  const ink = colouring.rest || "dot";
  const marks = [["●", rest, ink], ["◌", "not written yet", "dot"]];
  for (const [mark, name, shade] of marks) {
    const sign = h(document, "i", { "aria-hidden": "true" }, mark);
    sign.style.setProperty("color", `var(--${shade})`);
    items.push(h(document, "li", { class: "still" }, sign, h(document, "span", null, name)));
  }
  document.getElementById("legend").replaceChildren(...items);
}

/** The filters in use, each of which a press removes. */
function chips(document, app, used) {
  const holder = document.getElementById("chosen");
  holder.hidden = !used.length;
  const one = ([family, value]) => {
    const name = family === "value" ? value.replace("\n", ": ") : family === "only" ? ONLY.get(value) || value : `${family}: ${value}`;
    return h(document, "button", { type: "button", class: "chip", "aria-label": "Remove the filter " + name, onclick: () => app.filter(family, value) }, name + " ×");
  };
  holder.replaceChildren(...used.map(one), h(document, "small", null, used.length ? `${app.leftCount()} of ${app.scene.n} notes and files` : ""));
}

const ONLY = new Map([["orphan", "linked to nothing"], ["unresolved", "links to what is missing"], ["attachment", "attachments"]]);

function filterControls(document, app) {
  const { scene } = app;
  const folders = [...new Set(scene.folder.flatMap((folder) => folder.split("/").map((_, i, all) => all.slice(0, i + 1).join("/"))))].filter(Boolean).sort();
  const choices = [
    ["folder", "any folder", folders],
    ["tag", "any tag", [...scene.tags].sort()],
    ["rule", "any rule", Object.keys(scene.rules)],
    ["severity", "any severity", scene.severities.map(([name]) => name).filter((_, i) => Object.values(scene.findings).some((counts) => counts[i]))],
    ["standing", "any standing", scene.standings.map(([name]) => name).filter((_, i) => scene.claims.some((claim) => claim.standing === i))],
  ];
  const selects = choices
    .filter(([, , values]) => values.length)
    .map(([family, any, values]) => {
      const options = [h(document, "option", { value: "" }, any), ...values.map((value) => h(document, "option", { value }, value))];
      const select = h(document, "select", { "data-family": family, "aria-label": "Only: " + family }, ...options);
      select.addEventListener("change", () => app.filter(family, select.value || app.valueOf(family)));
      return select;
    });
  const boxes = [...ONLY].map(([value, name]) => {
    const box = h(document, "input", { type: "checkbox", "data-only": value });
    box.addEventListener("change", () => app.filter("only", value));
    return h(document, "label", { class: "check" }, box, name);
  });
  const files = h(document, "input", { type: "checkbox", id: "files" });
  files.addEventListener("change", () => app.set({ files: files.checked }));
  return [...selects, ...boxes, h(document, "label", { class: "check" }, files, "show attachments on the map")];
}

function controls(document, view, used) {
  const value = (family) => (used.find(([other]) => other === family) || [])[1] || "";
  for (const select of document.querySelectorAll("#filters select")) select.value = value(select.dataset.family);
  for (const box of document.querySelectorAll("#filters [data-only]")) box.checked = value("only") === box.dataset.only;
  document.getElementById("files").checked = view.files;
  for (const button of document.querySelectorAll("#tally button")) {
    button.setAttribute("aria-pressed", String(value(button.dataset.family) === button.dataset.value));
  }
  for (const button of document.querySelectorAll("[data-view]")) {
    button.setAttribute("aria-pressed", String(button.dataset.view === view.view));
  }
}

function results(document, app, query, hits) {
  const holder = document.getElementById("results");
  holder.hidden = !query.trim();
  const { scene } = app;
  const buttons = hits.slice(0, RESULTS).map(({ row, where, text }) => {
    const reason = where && h(document, "em", null, where === "folder" ? text : `${where}: ${shortened(text, RARE)}`);
    return h(document, "button", { type: "button", class: scene.kind[row] === 3 ? "hollow" : "", onclick: () => app.choose(row) }, scene.shortTitle(row), reason);
  });
  const none = hits.length ? hits.length > RESULTS && h(document, "p", null, `${hits.length - RESULTS} more`) : h(document, "p", null, "nothing found");
  holder.replaceChildren(...[...buttons, none].filter(Boolean));
}

/** In the search field: Enter takes the first, the arrows walk through the results. */
function searchKeys(document, app, event) {
  const [first] = document.querySelectorAll("#results button");
  if (event.key === "Enter" && first) first.click();
  else if (event.key === "ArrowDown" && first) first.focus();
  else return;
  event.preventDefault();
  event.stopPropagation();
}

function resultKeys(document, panel, event) {
  const here = document.activeElement;
  const next = event.key === "ArrowDown" ? here.nextElementSibling : here.previousElementSibling;
  if (next) next.focus();
  else if (event.key === "ArrowUp") panel.focus();
  event.preventDefault();
}
