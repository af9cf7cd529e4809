// The list of notes and findings: words only without scripts, buttons with them.

/** Give the notes of a folder buttons when the folder is opened; before that nobody can press them. */
function makeList(document, app) {
  let row = 0;
  const all = [];
  for (const group of document.querySelectorAll("#list details")) {
    const first = row;
    const items = [...group.querySelector("ol").children];
    row += items.length;
    all.push({ group, items, first });
    group.addEventListener("toggle", () => {
      if (!group.open || group.dataset.live) return;
      group.dataset.live = "1";
      items.forEach((item, i) => liven(document, app, item, first + i));
    });
  }
  return { only: (rows) => all.forEach((each) => narrow(each, rows)) };
}

/** Show the rows that filters leave, in open folders; all of them, in the folders as they are, when `rows` is null. */
function narrow({ group, items, first }, rows) {
  let some = !rows;
  items.forEach((item, i) => {
    item.hidden = Boolean(rows) && !rows.has(first + i);
    some ||= !item.hidden;
  });
  group.hidden = !some;
  if (rows && some) group.open = true;
}

function liven(document, app, item, row) {
  const text = item.firstChild;
  const button = h(document, "button", { type: "button", class: "to", onclick: () => app.choose(row) }, app.scene.title[row]);
  text.replaceWith(button);
}
