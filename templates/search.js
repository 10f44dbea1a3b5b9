"use strict";
// Search of the home page. Data is loaded as scripts, because pages opened from a file cannot read other files.
(() => {
  const form = document.getElementById("search-form");
  const input = document.getElementById("search");
  const found = document.getElementById("found");
  const results = document.getElementById("results");
  const home = document.getElementById("home");
  const parts = new Map(); // data by kind and name
  const loading = new Map(); // promises of scripts by address
  const MOST_SPEAKERS = 12;
  const MOST_CLAIMS = 30;
  const MOST_FILES = 12; // of the index for the beginning of one word

  window.quotetrackData = (kind, name, data) => parts.set(kind + "/" + name, data);
  // Words are compared without case and accents, as in the index.
  const plain = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  const words = (text) => plain(text).match(/[\p{L}\p{N}]+/gu) || [];

  function script(address) {
    if (!loading.has(address)) {
      loading.set(address, new Promise((done, failed) => {
        const element = document.createElement("script");
        element.src = address;
        element.addEventListener("load", done);
        element.addEventListener("error", () => { loading.delete(address); failed(new Error(address)); });
        document.head.append(element);
      }));
    }
    return loading.get(address);
  }

  async function part(kind, name) {
    const key = kind + "/" + name;
    if (!parts.has(key)) await script("data/" + kind + (name === "" ? "" : "-" + name) + ".js");
    return parts.get(key);
  }

  let names = null; // the index of speakers
  async function speakers() {
    if (names) return names;
    names = (async () => {
      const about = await part("about", "");
      await script("vendor/minisearch.js");
      const index = new MiniSearch({
        fields: ["name", "role", "aliases"],
        storeFields: ["name", "role", "path", "count"],
        tokenize: words,
        searchOptions: { boost: { name: 3, aliases: 2 }, prefix: true, fuzzy: (term) => (term.length > 4 ? 0.2 : 0), combineWith: "AND",
          boostDocument: (id, term, stored) => 1 + Math.log1p(stored.count) / 4 },
      });
      for (let number = 0; number < about.speakers; number += 1) {
        const rows = await part("speakers", String(number));
        index.addAll(rows.map(([name, role, aliases, path, count], row) => ({ id: number + "-" + row, name, role, aliases, path, count })));
      }
      return index;
    })();
    names.catch(() => { names = null; });
    return names;
  }

  function shards(word, all, isLast) {
    if (!/^[a-z]/.test(word)) return all.includes("other") ? ["other"] : [];
    if (word.length === 1) return isLast ? all.filter((name) => name !== "other" && name.startsWith(word)).slice(0, MOST_FILES) : [];
    const shard = /^[a-z]{1,2}/.exec(word)[0];
    return all.includes(shard) ? [shard] : [];
  }

  // The claims with a word; the last word may be the beginning of one. Undefined if the word is too frequent to be indexed.
  async function claimsWith(word, isLast, about) {
    const numbers = new Set();
    let known = false;
    for (const shard of shards(word, about.shards, isLast)) {
      const index = await part("words", shard);
      for (const one of isLast ? Object.keys(index).filter((other) => other.startsWith(word)) : [word]) {
        if (!Object.hasOwn(index, one)) continue;
        known = true;
        let number = 0;
        for (const gap of index[one]) numbers.add(number += gap);
      }
    }
    return known || isLast ? numbers : undefined;
  }

  async function claims(query) {
    const about = await part("about", "");
    let common; // claims with all words
    let isKnown = false;
    for (const [place, word] of query.entries()) {
      const numbers = word.length > 1 || query.length === 1 ? await claimsWith(word, place === query.length - 1, about) : undefined;
      if (numbers === undefined) continue;
      if (numbers.size === 0 && place === query.length - 1 && query.length > 1 && word.length < 3) continue;
      isKnown = true;
      common = common ? new Set([...common].filter((number) => numbers.has(number))) : numbers;
    }
    if (!isKnown) return [0, []];
    const sorted = [...common].sort((a, b) => a - b);
    const rows = [];
    for (const number of sorted.slice(0, MOST_CLAIMS)) {
      const file = await part("claims", String(Math.floor(number / about.perFile)));
      rows.push(file[number % about.perFile]);
    }
    return [sorted.length, rows];
  }

  function element(name, className, ...content) {
    const made = document.createElement(name);
    if (className) made.className = className;
    made.append(...content);
    return made;
  }

  function link(address, text) {
    const made = element("a", "", text);
    made.href = address;
    return made;
  }

  function showSpeakers(rows) {
    const items = rows.map((row) => element("li", "item",
      element("p", "by", link(row.path, row.name), element("span", "role", row.role ? ", " + row.role : "")),
      element("p", "facts", row.count + (row.count === 1 ? " quotation" : " quotations"))));
    document.getElementById("speaker-results").replaceChildren(...items);
    document.getElementById("speakers-found").hidden = items.length === 0;
  }

  function showClaims(rows) {
    const items = rows.map(([text, label, who, day, outlet, path]) => {
      const facts = element("p", "facts");
      if (label) facts.append(element("span", "label", label), " ");
      facts.append([outlet || "unknown outlet", day || "undated"].join(" · "));
      return element("li", "item", element("p", "by", who || "Unknown speaker"), element("p", "text", link(path, text)), facts);
    });
    document.getElementById("claim-results").replaceChildren(...items);
    document.getElementById("claims-found").hidden = items.length === 0;
  }

  const number = (count, one, several) => count + " " + (count === 1 ? one : several);
  let last = 0;
  async function search() {
    const query = words(input.value);
    const turn = last += 1;
    home.hidden = query.length > 0;
    results.hidden = !home.hidden;
    found.textContent = query.length ? "Searching …" : "";
    history.replaceState(null, "", query.length ? "#q=" + encodeURIComponent(input.value) : location.pathname + location.search);
    if (!query.length) return;
    try {
      const people = (await speakers()).search(query.join(" "));
      const [total, rows] = await claims(query);
      if (turn !== last) return; // typed on meanwhile
      showSpeakers(people.slice(0, MOST_SPEAKERS));
      showClaims(rows);
      found.textContent = number(people.length, "speaker", "speakers") + ", " + number(total, "claim", "claims")
        + (total > rows.length ? "; the first " + rows.length + " are shown" : "");
    } catch (error) {
      found.textContent = "The search data could not be loaded (" + error.message + "). Copy the whole folder of the site, or write it again.";
    }
  }

  form.hidden = false;
  let waiting;
  input.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(search, 80); });
  form.addEventListener("submit", (event) => { event.preventDefault(); search(); });
  // Links may carry a search, such as index.html#q=vale.
  function fromAddress() {
    const query = new URLSearchParams(location.hash.slice(1)).get("q");
    if (query && query !== input.value) { input.value = query; search(); }
  }
  window.addEventListener("hashchange", fromAddress);
  fromAddress();
})();
