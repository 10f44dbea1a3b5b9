"use strict";
// Copies citations and correction commands, and filters the statements of a dossier. Filters are kept in the address.
(() => {
  const PER_PAGE = 50;
  const ID = 0, ARTICLE = 1, KIND = 2, STANCE = 3, CONFIDENCE = 4, SHOWN = 5, TOPICS = 6, WORDS = 7, ROLE = 8;
  const OUTLETS = 9, CLAIM = 10, FRAGMENT = 11, START = 12, END = 13, NOTE = 14, MISTAKE = 15;
  const OUTLET = 0, DAY = 1, TITLE = 2, PAGE = 3, ADDRESS = 4, SHA = 5;
  const head = document.getElementById("dossier");
  const form = document.getElementById("filters");
  for (const button of document.querySelectorAll(".actions button[hidden], .evidence button[hidden]")) button.hidden = false;

  const text = (card, selector) => {
    const found = card.querySelector(selector);
    return found ? found.textContent.trim() : "";
  };

  // "[, {title}]" is left out if the title is missing.
  function filled(template, values) {
    const fill = (part) => part.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
    return fill(template.replace(/\[([^[\]]*\{[^[\]]*)\]/g, (_, part) =>
      [...part.matchAll(/\{(\w+)\}/g)].every(([, name]) => values[name]) ? part : ""));
  }

  function citation(card, template) {
    const { kind = "", stance = "" } = card.dataset;
    const open = card.querySelector("a.open[href]");
    let quotation = text(card, ".said") + (card.querySelector(".rest") ? " " + text(card, ".rest") : "");
    if (stance && !template.includes("{stance}")) quotation = stance + ": " + quotation;
    return filled(template, {
      speaker: head.dataset.speaker, role: text(card, ".role"), quotation, kind, stance,
      outlet: text(card, ".outlet"), title: text(card, ".title"), date: text(card, "time"),
      url: open ? open.href.replace(/#?:~:.*$/, "") : "",
    });
  }

  async function copy(button, words) {
    try {
      await navigator.clipboard.writeText(words);
    } catch {
      const area = document.createElement("textarea");
      area.value = words;
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    }
    const label = button.dataset.label ?? (button.dataset.label = button.textContent);
    button.textContent = "Copied";
    setTimeout(() => { button.textContent = label; }, 2000);
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button.cite, button.mistake");
    if (!button) return;
    if (button.classList.contains("mistake")) {
      const id = button.dataset.quotation;
      copy(button, "quotetrack quotations reassign " + id + " 'NAME' --why ''\nquotetrack quotations reject " + id + " --why ''");
    } else {
      copy(button, citation(button.closest(".card"), button.classList.contains("own") ? head.dataset.ownCitation : head.dataset.citation));
    }
  });

  if (!form || !head.dataset.source) return;

  const results = document.getElementById("results");
  const list = document.getElementById("list");
  const all = document.getElementById("all");
  const found = document.getElementById("found");
  const more = document.getElementById("more");
  const template = document.getElementById("card");
  const root = head.dataset.root;
  let data = null;
  let plainWords = [];
  let page = 1;

  const plain = (words) => words.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[‘’]/g, "'").toLowerCase();
  const filters = () => Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, value.trim()]).filter(([, value]) => value));

  window.quotetrackDossier = (loaded) => {
    data = loaded;
    plainWords = data.rows.map((row) => plain(row[WORDS].join("") + " " + (data.articles[row[ARTICLE]][TITLE] ?? "")));
    show();
  };

  // Script elements work where fetch does not: in a folder on a disk.
  function load() {
    if (document.getElementById("data")) return;
    const script = document.createElement("script");
    script.id = "data";
    script.src = head.dataset.source;
    script.addEventListener("error", () => { found.textContent = "The file with the statements is missing: " + head.dataset.source; });
    document.head.append(script);
  }

  function fits(row, place, wanted, words) {
    const article = data.articles[row[ARTICLE]];
    const day = article[DAY] ?? "";
    const stance = !wanted.stance ? row[SHOWN] === 1
      : wanted.stance === "fragment" ? row[SHOWN] === 0 && ["stated", "denied", "requested"].includes(row[STANCE])
      : row[STANCE] === wanted.stance && (row[SHOWN] === 1 || !["stated", "denied", "requested"].includes(wanted.stance));
    return stance
      && (!wanted.outlet || article[OUTLET] === wanted.outlet)
      && (!wanted.kind || row[KIND] === wanted.kind)
      && (!wanted.confidence || row[CONFIDENCE] >= Number(wanted.confidence))
      && (!wanted.since || (day && day >= wanted.since.slice(0, day.length)))
      && (!wanted.until || (day && day <= wanted.until.slice(0, day.length)))
      && (!wanted.topic || row[TOPICS].some((topic) => data.topics[topic] === wanted.topic))
      && words.every((word) => plainWords[place].includes(word));
  }

  function link(card, selector, address, label) {
    const element = card.querySelector(selector);
    if (!address) element.remove();
    else {
      element.href = address;
      if (label) element.textContent = label;
    }
  }

  function badge(card, words, ...names) {
    if (!words) return;
    const element = document.createElement("span");
    element.classList.add(...(names.includes("held") ? names : ["badge", ...names]));
    element.textContent = words;
    card.querySelector(".badges").append(element);
  }

  function filledCard(row) {
    const card = template.content.firstElementChild.cloneNode(true);
    const article = data.articles[row[ARTICLE]];
    card.classList.add(row[KIND], row[STANCE]);
    card.dataset.kind = data.cited_kinds[row[KIND]];
    card.dataset.stance = data.stances[row[STANCE]];
    if (!row[SHOWN]) card.classList.add("unsaid");
    const said = card.querySelector(".said");
    row[WORDS].forEach((words, place) => {
      const own = row[KIND] === "mixed" && place % 2 === 0;
      const element = own ? document.createElement("span") : document.createTextNode(words);
      if (own) { element.className = "own"; element.textContent = words; }
      if (words) said.append(element);
    });
    const lead = card.querySelector(".lead");
    if (data.leads[row[STANCE]]) { lead.textContent = data.leads[row[STANCE]] + ": "; lead.classList.add(row[STANCE]); }
    else if (row[KIND] === "indirect") { lead.textContent = "Reported: "; lead.className = "unseen"; }
    else lead.remove();
    card.querySelector(".outlet").textContent = article[OUTLET];
    const time = card.querySelector("time");
    if (article[DAY]) { time.dateTime = article[DAY]; time.textContent = article[DAY]; }
    else time.replaceWith("undated");
    if (!article[TITLE] && !article[PAGE]) card.querySelector(".dot").remove();
    link(card, "a.title", article[PAGE] && root + article[PAGE], article[TITLE] ?? "Article");
    badge(card, data.stances[row[STANCE]], "stance", row[STANCE]);
    badge(card, data.kinds[row[KIND]]);
    badge(card, row[NOTE], "doubt");
    if (!row[SHOWN] && ["stated", "denied", "requested"].includes(row[STANCE])) badge(card, "not counted as a statement", "doubt");
    badge(card, row[OUTLETS] > 1 ? row[OUTLETS] + " outlets" : "");
    if (row[ROLE]) {
      badge(card, "as ", "held");
      const role = document.createElement("span");
      role.className = "role";
      role.textContent = row[ROLE];
      card.querySelector(".held").append(role);
    }
    if (!head.dataset.ownCitation) card.querySelector(".cite.own").remove();
    if (!row[SHOWN]) for (const button of card.querySelectorAll(".cite")) button.remove();
    link(card, "a.permalink", article[PAGE] && root + article[PAGE] + "#q-" + row[ID]);
    link(card, "a.open", article[ADDRESS] && article[ADDRESS] + (row[FRAGMENT] ? (article[ADDRESS].includes("#") ? ":~:" : "#:~:") + row[FRAGMENT] : ""));
    link(card, "a.claim-page", row[CLAIM] && root + row[CLAIM]);
    link(card, "a.mistake", row[MISTAKE]);
    if (row[MISTAKE]) for (const element of card.querySelectorAll(".command")) element.remove();
    else card.querySelector("button.mistake").dataset.quotation = row[ID];
    card.querySelector(".confidence").textContent = row[CONFIDENCE] + " of 100";
    card.querySelector(".characters").textContent = row[START] + "–" + row[END];
    card.querySelector(".sha").textContent = article[SHA];
    card.querySelector(".id").textContent = row[ID];
    return card;
  }

  function show() {
    const wanted = filters();
    const active = Object.keys(wanted).length > 0;
    results.hidden = !active;
    all.hidden = active;
    if (!active) { found.textContent = ""; return; }
    if (!data) { found.textContent = "Loading …"; load(); return; }
    const words = plain(wanted.q ?? "").split(/\s+/).filter(Boolean);
    const rows = data.rows.filter((row, place) => fits(row, place, wanted, words));
    const pages = Math.max(1, Math.ceil(rows.length / PER_PAGE));
    page = Math.min(Math.max(page, 1), pages);
    list.replaceChildren(...rows.slice((page - 1) * PER_PAGE, page * PER_PAGE).map(filledCard));
    found.textContent = rows.length === 1 ? "1 statement" : rows.length + " statements";
    if (["asked", "declined", "hypothetical", "believed", "fragment"].includes(wanted.stance))
      found.textContent = rows.length + (rows.length === 1 ? " passage" : " passages") + ", not counted as statements";
    more.hidden = pages === 1;
    document.getElementById("at").textContent = "Page " + page + " of " + pages;
    document.getElementById("newer").disabled = page === 1;
    document.getElementById("older").disabled = page === pages;
  }

  function keep() {
    const kept = new URLSearchParams(filters());
    if (page > 1) kept.set("page", page);
    history.replaceState(null, "", (kept.size ? "?" + kept : location.pathname) + location.hash);
    show();
  }

  function turn(by) {
    page += by;
    keep();
    results.querySelector("h2").focus();
  }

  function read() {
    const given = new URLSearchParams(location.search);
    for (const [name, value] of given) if (form.elements[name]) form.elements[name].value = value;
    page = Number(given.get("page")) || 1;
    show();
  }

  form.hidden = false;
  form.addEventListener("input", () => { page = 1; keep(); });
  form.addEventListener("reset", () => setTimeout(() => { page = 1; keep(); }));
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("focusin", load, { once: true });
  document.getElementById("newer").addEventListener("click", () => turn(-1));
  document.getElementById("older").addEventListener("click", () => turn(1));
  for (const topic of document.querySelectorAll("a.topic")) topic.addEventListener("click", (event) => {
    event.preventDefault();
    form.elements.topic.value = topic.dataset.topic;
    page = 1;
    keep();
    form.scrollIntoView();
  });
  read();
})();
