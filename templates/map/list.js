// The list of notes and findings: words only without scripts, buttons with them.

/** Give the notes of a folder buttons when the folder is opened; before that nobody can press them. */
function makeList(document, app) {
  let row = 0;
  for (const group of document.querySelectorAll("#list details")) {
    const first = row;
    const items = [...group.querySelector("ol").children];
    row += items.length;
    group.addEventListener("toggle", () => {
      if (!group.open || group.dataset.live) return;
      group.dataset.live = "1";
      items.forEach((item, i) => liven(document, app, item, first + i));
    });
  }
}

function liven(document, app, item, row) {
  const text = item.firstChild;
  const button = h(document, "button", { type: "button", class: "to", onclick: () => app.choose(row) }, app.scene.title[row]);
  text.replaceWith(button);
}
