"use strict";
(() => {
  const byId = (id) => document.getElementById(id);
  const all = (selector, root = document) => Array.from(root.querySelectorAll(selector));
  const keysOf = (element) => element.dataset.q.split(" ");
  const root = document.documentElement;
  const FEW = 3; // so many articles that a filter leaves are opened

  // One letter for one, so that places found in folded text are places in the text: é and É are e, ’ is '.
  const fold = (text) => text.split("").map((letter) => {
    const folded = letter === "’" || letter === "‘" ? "'" : letter.normalize("NFD").charAt(0).toLowerCase();
    return folded.length === 1 ? folded : letter;
  }).join("");

  const quotations = new Map();
  const rows = all("#table tbody tr");
  for (const row of rows) {
    const cell = (name) => row.querySelector("." + name)?.textContent.trim() ?? "";
    quotations.set(row.dataset.q, {
      row, cell, speaker: row.dataset.s, kind: row.dataset.kind, article: row.dataset.q.split("-")[0],
      hay: fold(["quote", "name", "mention-cell", "cue-cell", "source"].map(cell).join("\n")), parts: [], around: [],
    });
  }
  for (const part of all("mark, .tag")) for (const key of keysOf(part)) quotations.get(key)?.parts.push(part);
  for (const part of all(".cue, .mention")) for (const key of keysOf(part)) quotations.get(key)?.around.push(part);

  // Filters

  const chosen = new Set();
  const speakers = all(".speaker");
  const articles = all(".article");
  const listed = all("#index tbody tr");
  const [search, kind, brief] = [byId("search"), byId("kind"), byId("brief")];

  function matches(quotation, terms) {
    return (chosen.size === 0 || chosen.has(quotation.speaker)) && (!kind.value || quotation.kind === kind.value)
      && terms.every((term) => quotation.hay.includes(term));
  }

  function apply() {
    const terms = fold(search.value).split(/\s+/).filter(Boolean);
    const filtered = chosen.size > 0 || terms.length > 0 || kind.value !== "";
    const shown = new Set();
    const counts = new Map();
    const on = new Set();
    for (const quotation of quotations.values()) {
      const hit = matches(quotation, terms);
      quotation.row.hidden = !hit;
      if (!hit) continue;
      shown.add(quotation);
      counts.set(quotation.article, (counts.get(quotation.article) ?? 0) + 1);
      for (const part of quotation.parts) on.add(part);
    }
    for (const quotation of quotations.values()) for (const part of quotation.parts) {
      if (part.tagName === "MARK") part.classList.toggle("off", !on.has(part));
      else part.hidden = !on.has(part);
    }
    for (const paragraph of all(".text p")) {
      paragraph.classList.toggle("hit", all("mark", paragraph).some((part) => on.has(part)));
    }
    for (const article of articles) article.hidden = filtered && !counts.has(article.dataset.a);
    if (filtered && counts.size <= FEW) for (const article of articles) if (!article.hidden) article.open = true;
    for (const row of listed) {
      row.hidden = filtered && !counts.has(row.dataset.a);
      row.querySelector(".count").textContent = counts.get(row.dataset.a) ?? 0;
    }
    for (const button of speakers) button.setAttribute("aria-pressed", chosen.has(button.dataset.s));
    byId("everyone").hidden = chosen.size === 0;
    byId("none").hidden = shown.size > 0 || quotations.size === 0;
    byId("status").textContent = filtered ? summary(shown, counts) : "";
    document.body.classList.toggle("brief", brief.checked);
    mark(terms, shown);
    hide();
  }

  function summary(shown, counts) {
    const names = speakers.filter((button) => chosen.has(button.dataset.s)).map((b) => b.querySelector(".name").textContent);
    const where = articles.length > 1 ? ` in ${counts.size} of ${articles.length} articles` : "";
    return `Showing ${shown.size} of ${quotations.size} quotations${where}` + (names.length ? `: ${names.join(", ")}` : "");
  }

  // Searched words in colour, without touching the document (CSS Custom Highlight API).
  function mark(terms, shown) {
    if (!window.CSS?.highlights) return;
    const ranges = [];
    for (const { row, parts } of terms.length ? shown : []) {
      for (const element of [row.querySelector(".quote"), row.querySelector(".who"), ...parts.filter((p) => p.tagName === "MARK")]) {
        const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
        while (walker.nextNode() && ranges.length < 5000) {
          const text = fold(walker.currentNode.data);
          for (const term of terms) for (let at = text.indexOf(term); at >= 0; at = text.indexOf(term, at + term.length)) {
            const range = document.createRange();
            range.setStart(walker.currentNode, at);
            range.setEnd(walker.currentNode, at + term.length);
            ranges.push(range);
          }
        }
      }
    }
    CSS.highlights.set("found", new Highlight(...ranges));
  }

  function clear() {
    chosen.clear();
    search.value = kind.value = "";
    remember();
    apply();
  }

  // One speaker's view has an address: page.html#speaker-3
  function remember() {
    const [only] = chosen.size === 1 ? chosen : [undefined];
    try { history.replaceState(null, "", only === undefined ? location.pathname + location.search : `#speaker-${only}`); } catch { /* a sandbox */ }
  }

  function arrive() {
    const speaker = /^#speaker-(x|\d+)$/.exec(location.hash);
    if (speaker) { chosen.clear(); chosen.add(speaker[1]); apply(); return; }
    const target = location.hash.length > 1 && byId(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    const folder = target.closest("details");
    if (folder?.hidden) clear();
    if (folder) { folder.open = true; target.scrollIntoView({ block: "center" }); }
    if (target.dataset.q) light(keysOf(target)[0]);
  }

  for (const button of speakers) button.addEventListener("click", () => {
    if (!chosen.delete(button.dataset.s)) chosen.add(button.dataset.s);
    remember();
    apply();
  });
  byId("everyone").addEventListener("click", () => { chosen.clear(); remember(); apply(); });
  byId("reset").addEventListener("click", () => { clear(); search.focus(); });
  let waiting;
  search.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(apply, quotations.size > 500 ? 150 : 0); });
  kind.addEventListener("change", apply);
  brief.addEventListener("change", apply);
  addEventListener("hashchange", arrive);

  // The card: cue, mention, rule, confidence of the quotation under the pointer or the focus; a click keeps it

  const card = byId("card");
  let kept = null;
  let leaving;

  function light(key) {
    for (const element of all(".lit")) element.classList.remove("lit");
    const quotation = quotations.get(key);
    if (!quotation) return;
    for (const element of [quotation.row, ...quotation.around, ...quotation.parts]) element.classList.add("lit");
  }

  function make(name, text, ...classes) {
    const element = document.createElement(name);
    element.textContent = text;
    element.classList.add(...classes);
    return element;
  }

  function show(key, near) {
    clearTimeout(leaving);
    const quotation = quotations.get(key);
    if (!quotation) return;
    const colour = Array.from(quotation.row.classList).find((name) => /^s[\dx]$/.test(name));
    const facts = [["Said by", quotation.cell("name")], ["Named as", quotation.cell("mention-cell")], ["Cue", quotation.cell("cue-cell")],
      ["Kind", quotation.cell("kind")], ["Rule", quotation.cell("rule").replaceAll("_", " ")], ["Confidence", quotation.cell("sure")],
      ["Line", quotation.cell("line")]];
    const list = document.createElement("dl");
    for (const [term, value] of facts) if (value) list.append(make("dt", term), make("dd", value));
    const more = make("a", `Quotation ${quotation.cell("id")} in the table`);
    more.href = `#r${key}`;
    const foot = make("p", "", "more");
    foot.append(more);
    card.replaceChildren(list, foot);
    card.className = `card ${colour}`;
    card.hidden = false;
    // Beside the text where there is room; else below the quotation's last line, above its first, or at the screen's foot.
    const lines = near.getClientRects();
    const [first, last] = [lines[0] ?? near.getBoundingClientRect(), lines[lines.length - 1] ?? near.getBoundingClientRect()];
    const edge = near.closest(".text").getBoundingClientRect().right + 16;
    const room = root.clientWidth - edge - 8;
    card.style.width = room >= 230 ? `${Math.min(room, 352)}px` : "";
    const height = card.offsetHeight + 10;
    const lowest = Math.max(innerHeight - height, 8);
    const top = room >= 230 ? Math.max(Math.min(first.top - 6, lowest), 8)
      : last.bottom + height < innerHeight ? last.bottom + 10
      : first.top > height ? first.top - height : lowest;
    const left = room >= 230 ? edge : Math.min(Math.max(first.left, 8), root.clientWidth - card.offsetWidth - 8);
    card.style.left = `${left + scrollX}px`;
    card.style.top = `${top + scrollY}px`;
    light(key);
  }

  function hide() {
    clearTimeout(leaving);
    kept = null;
    card.hidden = true;
    for (const element of all(".lit")) element.classList.remove("lit");
  }

  const part = (event) => {
    const element = event.target.closest?.("mark, .tag");
    return element && !element.classList.contains("off") ? element : null;
  };
  document.addEventListener("mouseover", (event) => {
    if (card.contains(event.target)) { clearTimeout(leaving); return; }
    const element = part(event);
    if (element && kept === null) show(keysOf(element)[0], element);
  });
  document.addEventListener("mouseout", (event) => {
    if ((part(event) || card.contains(event.target)) && kept === null) { clearTimeout(leaving); leaving = setTimeout(hide, 250); }
  });
  document.addEventListener("focusin", (event) => {
    const element = part(event);
    if (element?.matches(".tag")) { kept = null; show(keysOf(element)[0], element); }
    else if (!card.contains(event.target) && !card.hidden) hide();
  });
  document.addEventListener("click", (event) => {
    const element = part(event);
    if (element) { show(keysOf(element)[0], element); kept = keysOf(element)[0]; }
    else if (!card.contains(event.target)) hide();
  });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });

  // Sorting

  const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });
  const headings = all("#table thead th");
  headings.forEach((heading, column) => heading.querySelector("button").addEventListener("click", () => {
    const down = heading.getAttribute("aria-sort") === "ascending";
    for (const other of headings) other.removeAttribute("aria-sort");
    heading.setAttribute("aria-sort", down ? "descending" : "ascending");
    const value = (row) => row.cells[column].dataset.v ?? row.cells[column].textContent.trim();
    const compare = (a, b) => (a === "") - (b === "") || (down ? collator.compare(b, a) : collator.compare(a, b));
    const sorted = document.createDocumentFragment(); // moved at once: one by one, ten thousand rows take seconds
    for (const [, row] of rows.map((row) => [value(row), row]).sort((a, b) => compare(a[0], b[0]))) sorted.append(row);
    document.querySelector("#table tbody").append(sorted);
  }));

  // Light and dark: the system's until the button says otherwise

  const theme = byId("theme");
  const system = matchMedia("(prefers-color-scheme: dark)");
  const store = (value) => { try { return value ? localStorage.setItem("quotes-theme", value) : localStorage.getItem("quotes-theme"); } catch { return null; } };
  const dark = () => (root.dataset.theme ? root.dataset.theme === "dark" : system.matches);
  const label = () => { theme.textContent = dark() ? "Light" : "Dark"; theme.setAttribute("aria-label", `${theme.textContent} colours`); };
  if (["dark", "light"].includes(store())) root.dataset.theme = store();
  theme.addEventListener("click", () => { root.dataset.theme = dark() ? "light" : "dark"; store(root.dataset.theme); label(); });
  system.addEventListener("change", label);

  label();
  byId("tools").hidden = false;
  apply();
  arrive();
})();
