"use strict";
(() => {
  const table = document.getElementById("speakers");
  const body = table.tBodies[0];
  const search = document.getElementById("search");
  const type = document.getElementById("type");
  const found = document.getElementById("found");
  const rows = Array.from(body.rows);
  // Ignore accents and case.
  const plain = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  const keys = rows.map((row) => plain(row.cells[0].textContent + " " + row.cells[1].textContent));
  const unnamed = new Set(["unnamed", "document"]);

  function filter() {
    const wanted = plain(search.value.trim());
    let count = 0;
    rows.forEach((row, index) => {
      const kind = row.dataset.type;
      const right = type.value === "" || (type.value === "named" ? !unnamed.has(kind) : kind === type.value);
      const shown = right && keys[index].includes(wanted);
      row.hidden = !shown;
      count += shown ? 1 : 0;
    });
    found.textContent = count + (count === 1 ? " speaker" : " speakers");
  }

  function sort(header) {
    const column = header.cellIndex;
    const numeric = header.dataset.sort === "number";
    const reversed = header.getAttribute("aria-sort") === (numeric ? "descending" : "ascending");
    const order = reversed ? (numeric ? "ascending" : "descending") : (numeric ? "descending" : "ascending");
    for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
    header.setAttribute("aria-sort", order);
    const sign = order === "ascending" ? 1 : -1;
    const value = (row) => row.cells[column].textContent;
    rows.slice()
      .sort((a, b) => sign * (numeric ? Number(value(a)) - Number(value(b)) : value(a).localeCompare(value(b))))
      .forEach((row) => body.append(row));
  }

  search.addEventListener("input", filter);
  type.addEventListener("change", filter);
  search.form.addEventListener("submit", (event) => event.preventDefault());
  for (const header of table.tHead.rows[0].cells) header.addEventListener("click", () => sort(header));
  // Support links with a search, such as index.html#q=vale.
  const query = new URLSearchParams(location.hash.slice(1)).get("q");
  if (query) search.value = query;
  filter();
})();
