"use strict";
// Sorts and searches the list of findings. It moves and hides what is on the page, and makes no markup of any text.
(() => {
  const list = document.getElementById("list");
  if (!list) return;
  const body = list.tBodies[0], rows = [...body.rows];
  const key = (row, column) => row.cells[column].dataset.order ?? row.cells[column].textContent;
  const compare = new Intl.Collator("en", {numeric: true}).compare;

  [...list.tHead.rows[0].cells].forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    head.replaceChildren(button);
    button.addEventListener("click", () => {
      const down = head.ariaSort === "ascending";
      for (const other of list.tHead.rows[0].cells) other.ariaSort = null;
      head.ariaSort = down ? "descending" : "ascending";
      rows.sort((a, b) => compare(key(a, column), key(b, column)) * (down ? -1 : 1));
      body.append(...rows);
    });
  });

  const field = document.getElementById("search"), found = document.getElementById("found");
  const texts = new Map();
  field.closest(".search").hidden = false;
  field.addEventListener("input", () => {
    const wanted = field.value.trim().toLowerCase();
    let count = 0;
    for (const row of rows) {
      if (!texts.has(row)) texts.set(row, row.textContent.toLowerCase());
      row.hidden = !texts.get(row).includes(wanted);
      count += !row.hidden;
    }
    found.value = wanted ? `${count} of ${rows.length}` : "";
  });
})();
