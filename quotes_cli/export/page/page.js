"use strict";
(() => {
  const byId = (id) => document.getElementById(id);
  const all = (selector, root = document) => Array.from(root.querySelectorAll(selector));
  const root = document.documentElement;
  const FEW = 3; // so many articles that a filter leaves are opened
  const [SPEAKERS, HITS, ROWS] = [matchMedia("(max-width: 54rem)").matches ? 6 : 20, 50, 100]; // drawn before one asks for more

  const NOBODY = "unknown speaker";

  // Records: rows in the order that html.py writes them

  const data = JSON.parse(byId("data").textContent);
  const speakers = data.speakers.map(([name, label, classes, role, words, share], number) =>
    ({ number, name, label, classes, role, words, share, said: 0 }));
  const articles = data.articles.map(([title, iso, date, source, outlet], at) => ({ title, iso, date, source, outlet, element: null, number: at + 1 }));
  const quotations = data.quotations.map(([article, id, speaker, quote, mention, cue, kind, rule, sure, line, same = 0, changes = []]) =>
    ({ key: `${article}-${id}`, article: articles[article - 1], id, speaker: speakers[speaker], quote, mention, cue, kind, rule, sure, line, same, changes, hay: "" }));
  const byKey = new Map(quotations.map((quotation) => [quotation.key, quotation]));
  const put = (map, key, value) => { const list = map.get(key); if (list) list.push(value); else map.set(key, [value]); };
  const bySame = new Map();
  for (const quotation of quotations) {
    quotation.speaker.said += 1;
    if (quotation.same) put(bySame, quotation.same, quotation);
  }
  for (const element of all(".article")) articles[element.dataset.a - 1].element = element;
  const isOpen = (article) => article.element.tagName !== "DETAILS" || article.element.open;

  const make = (name, text = "", className = "") => {
    const element = document.createElement(name);
    element.textContent = text;
    if (className) element.className = className;
    return element;
  };
  const counted = (number, what) => `${number.toLocaleString("en")} ${what}${number === 1 ? "" : "s"}`;
  const percent = (share) => (share >= 0.005 || !share ? `${Math.round(100 * share)}%` : "<1%");

  // One letter for one, so that places found in folded text are places in the text: é and É are e, ’ is '.
  const fold = (text) => text.replace(/[^\x00-\x7f]/g, (letter) => {
    const base = letter === "’" || letter === "‘" ? "'" : letter.normalize("NFD").charAt(0).toLowerCase();
    return base.length === 1 ? base : letter;
  }).toLowerCase();
  // The same for what is only searched: in one go, a tenth of the time.
  const folded = (text) => text.replace(/[’‘]/g, "'").normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const hayOf = (quotation) => quotation.hay || (quotation.hay = folded(
    [quotation.quote, quotation.speaker.name, quotation.speaker.role, quotation.mention, quotation.cue].join("\n")));

  // What is chosen: speakers, searched words, a kind; and what of it is drawn

  const chosen = new Set();
  const [search, kind, brief, nameFilter] = [byId("search"), byId("kind"), byId("brief"), byId("name")];
  const drawn = { speakers: SPEAKERS, hits: HITS, rows: ROWS };
  let [terms, found, order, lit] = [[], quotations, quotations.slice(), []];

  function apply() {
    terms = folded(search.value).split(/\s+/).filter(Boolean);
    const sought = terms.length > 0 || kind.value !== "";
    const filtered = chosen.size > 0 || sought;
    const matching = sought ? quotations.filter((quotation) => (!kind.value || quotation.kind === kind.value)
      && terms.every((term) => hayOf(quotation).includes(term))) : quotations;
    found = chosen.size ? matching.filter((quotation) => chosen.has(quotation.speaker)) : matching;
    const counts = new Map();
    for (const quotation of found) counts.set(quotation.article, (counts.get(quotation.article) ?? 0) + 1);
    for (const article of articles) {
      const hidden = filtered && !counts.has(article) && articles.length > 1;
      if (article.element.hidden !== hidden) article.element.hidden = hidden;
      if (filtered && counts.size <= FEW && counts.has(article) && articles.length > 1) article.element.open = true;
    }
    document.body.classList.toggle("filtered", filtered);
    document.body.classList.toggle("brief", brief.checked);
    Object.assign(drawn, { speakers: SPEAKERS, hits: HITS, rows: ROWS });
    drawSpeakers(sought ? matching : null);
    drawChosen(filtered, counts.size);
    drawRows();
    for (const article of articles) if (isOpen(article) && !article.element.hidden) markArticle(article);
    highlight();
    hide();
  }

  // Which quotations of an open article are those that a filter leaves.
  function markArticle(article) {
    const on = new Set(found.filter((quotation) => quotation.article === article).map((quotation) => quotation.key));
    for (const part of all("mark, .tag", article.element)) part.classList.toggle("on", part.dataset.q.split(" ").some((key) => on.has(key)));
    for (const paragraph of all(".text p", article.element)) paragraph.classList.toggle("hit", paragraph.querySelector("mark.on") !== null);
  }

  // Speakers

  let matched = null; // quotations that a search leaves, or null without one

  function drawSpeakers(matching) {
    matched = matching;
    const hits = new Map();
    for (const quotation of matching ?? []) hits.set(quotation.speaker, (hits.get(quotation.speaker) ?? 0) + 1);
    const wanted = folded(nameFilter.value);
    const listed = speakers.filter((speaker) => (!matching || hits.has(speaker) || chosen.has(speaker)) && folded(`${speaker.name} ${speaker.role}`).includes(wanted));
    if (matching) listed.sort((a, b) => (a.name === NOBODY) - (b.name === NOBODY) || (hits.get(b) ?? 0) - (hits.get(a) ?? 0) || a.number - b.number);
    const most = Math.max(...listed.map((speaker) => (matching ? hits.get(speaker) ?? 0 : speaker.share)), 1e-9);
    byId("measure").textContent = matching ? "by quotations that match" : "by share of all quoted words";
    byId("speakers").replaceChildren(...listed.slice(0, drawn.speakers).map((speaker) => {
      const [part, side, below] = matching
        ? [hits.get(speaker) ?? 0, (hits.get(speaker) ?? 0).toLocaleString("en"), ""]
        : [speaker.share, percent(speaker.share), `${counted(speaker.said, "quotation")}, ${counted(speaker.words, "word")}`];
      const button = make("button", "", `speaker ${speaker.classes}`);
      button.type = "button";
      button.dataset.s = speaker.number;
      button.setAttribute("aria-pressed", chosen.has(speaker));
      button.append(make("span", speaker.name, "name"), make("span", side, "count"),
        make("span", [speaker.role, below].filter(Boolean).join(" · "), "role"), drawing([[0, 0, 100, 1, "back"], [0, 0, 100 * part / most, 1, "part"]], 100, 1, "bar"));
      const item = make("li");
      item.append(button);
      return item;
    }), ...(listed.length ? [] : [make("li", speakers.length ? "no such speaker" : "nobody is quoted", "nobody")]));
    const more = byId("more-speakers");
    more.hidden = listed.length <= drawn.speakers;
    more.textContent = `Show all ${listed.length.toLocaleString("en")}`;
    more.onclick = () => { drawn.speakers = Infinity; drawSpeakers(matched); };
  }

  function drawing(boxes, width, height, className) {
    const element = (name, attributes) => {
      const made = document.createElementNS("http://www.w3.org/2000/svg", name);
      for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
      return made;
    };
    const svg = element("svg", { viewBox: `0 0 ${width} ${height}`, preserveAspectRatio: "none", class: className, "aria-hidden": "true" });
    for (const [x, y, w, h, name, title] of boxes) {
      const box = element("rect", { x, y, width: w, height: h, class: name });
      if (title) box.append(element("title", {}));
      if (title) box.firstChild.textContent = title;
      svg.append(box);
    }
    return svg;
  }

  // What is chosen: its quotations, the newest first, each in its sentence; when they were said; then its articles

  function drawChosen(filtered, inArticles) {
    byId("chosen").hidden = !filtered || (articles.length < 2 && !terms.length && !chosen.size && !kind.value);
    byId("none").hidden = found.length > 0 || quotations.length === 0;
    if (byId("chosen").hidden) return;
    const names = Array.from(chosen, (speaker) => speaker.name).join(", ");
    const words = terms.length ? `“${search.value.trim()}”` : "";
    byId("chosen-head").textContent = [names, words, kind.value].filter(Boolean).join(" · ");
    const where = articles.length > 1 ? ` in ${inArticles.toLocaleString("en")} of ${counted(articles.length, "article")}` : "";
    byId("status").textContent = `${found.length.toLocaleString("en")} of ${counted(quotations.length, "quotation")}${where}`;
    byId("rest").textContent = articles.length < 2 ? "The article" : inArticles ? `The ${counted(inArticles, "article")}` : "";
    drawTime();
    const groups = new Map();
    for (const quotation of found.slice().sort((a, b) => (b.article.iso > a.article.iso) - (b.article.iso < a.article.iso))) {
      put(groups, quotation.same ? `${quotation.same} ${quotation.speaker.number}` : quotation.key, quotation);
    }
    const statements = Array.from(groups.values());
    byId("hits").replaceChildren(...statements.slice(0, drawn.hits).map(hit));
    const more = byId("more-hits");
    more.hidden = statements.length <= drawn.hits;
    more.textContent = `Show ${Math.min(HITS, statements.length - drawn.hits)} more of ${statements.length.toLocaleString("en")}`;
    more.onclick = () => { drawn.hits += HITS; drawChosen(filtered, inArticles); highlight(); };
  }

  // A statement once: in its commonest wording, if that is among what is chosen, then where else it stands, and how.
  function hit(statement) {
    const main = statement.find((quotation) => !quotation.changes.length);
    const first = main ?? statement[0];
    const [before, after] = around(first);
    const words = make("blockquote", before);
    words.append(make("mark", first.quote, `on ${first.speaker.classes}`), after);
    const item = make("li", "", `said ${first.speaker.classes}`);
    if (chosen.size !== 1) item.append(make("p", first.speaker.name, "who-said"));
    item.append(words, place(first));
    const others = statement.filter((quotation) => quotation !== first);
    const inArticles = new Set(statement.map((quotation) => quotation.article)).size;
    if (others.length) {
      const wordings = new Map([["", []]]); // the words above first, then each other wording once
      for (const quotation of others) put(wordings, quotation.changes.map(([text]) => text).join("\n"), quotation);
      item.append(folder(inArticles > 1 ? `in ${counted(inArticles, "article")}` : "again in this article",
        Array.from(wordings.values()).flatMap((own) => [...(own[0]?.changes.length ? [wording(own[0], main)] : []), ...own.map(place)])));
    }
    const strangers = (bySame.get(first.same) ?? []).filter((quotation) => quotation.speaker !== first.speaker);
    if (strangers.length) {
      const names = [...new Set(strangers.map((quotation) => quotation.speaker.name))];
      item.append(folder(`elsewhere said by ${names.join(", ")}`, strangers.flatMap((quotation) => [wording(quotation), place(quotation)])));
    }
    return item;
  }

  function folder(summary, content) {
    const made = make("details");
    made.append(make("summary", summary), ...content);
    return made;
  }

  // The words of a quotation, where it may be marked how they differ from the wording above.
  function wording(quotation, main) {
    const line = make("p", main ? "" : quotation.quote, "wording");
    if (main) quotation.changes.forEach(([text, what], at) => line.append(at ? " " : "", make(["span", "del", "ins"][what], text)));
    return line;
  }

  function place(quotation) {
    const line = make("p", "", "where");
    const link = make("a", articles.length > 1 ? quotation.article.title : `line ${quotation.line}`);
    link.href = `#q${quotation.key}`;
    const about = articles.length > 1 ? [quotation.article.outlet, quotation.article.date] : [];
    line.append(link, about.filter(Boolean).map((part) => ` · ${part}`).join(""));
    return line;
  }

  // The words of its own sentence on either side of a quotation, from the article's text without its labels.
  function around(quotation) {
    const parts = all(`mark[data-q~="${quotation.key}"]`, quotation.article.element);
    if (!parts.length) return ["", ""];
    const side = (part, later) => {
      const walker = document.createTreeWalker(part.closest("p"), NodeFilter.SHOW_TEXT);
      let text = "";
      while (walker.nextNode()) {
        const node = walker.currentNode;
        const position = part.compareDocumentPosition(node);
        const wanted = later ? Node.DOCUMENT_POSITION_FOLLOWING : Node.DOCUMENT_POSITION_PRECEDING;
        if (!part.contains(node) && position & wanted && !node.parentElement.closest(".tag")) text += node.data;
      }
      return text.replace(/\s+/g, " ");
    };
    const before = side(parts[0], false).slice(-400).replace(/^.*[.!?…]["”’)\]]*\s(?=\S)(?!$)/s, "");
    const rest = side(parts[parts.length - 1], true).slice(0, 400);
    const closing = /^["”’»)\]]*/.exec(rest)[0];
    const ended = /[.!?…]$/.test(quotation.quote) && closing ? closing : /^.*?[.!?…]["”’)\]]*(?=\s|$)/s.exec(rest)?.[0] ?? rest;
    return [before.length >= 400 ? `… ${before}` : before, ended];
  }

  function drawTime() {
    const dates = found.map((quotation) => quotation.article.iso).filter((iso) => /^\d{4}-\d\d-\d\d/.test(iso)).sort();
    const figure = byId("time");
    figure.hidden = true;
    if (articles.length < 2 || dates.length < 3) return;
    const [first, last] = [new Date(dates[0].slice(0, 10)), new Date(dates[dates.length - 1].slice(0, 10))];
    const days = (last - first) / 864e5;
    const [unit, cut] = days <= 62 ? ["day", 10] : days <= 5 * 366 ? ["month", 7] : ["year", 4];
    const counts = new Map();
    for (const day = new Date(first); day <= last || day.toISOString().slice(0, cut) === last.toISOString().slice(0, cut);) {
      counts.set(day.toISOString().slice(0, cut), 0);
      if (unit === "day") day.setUTCDate(day.getUTCDate() + 1);
      else { day.setUTCDate(1); if (unit === "month") day.setUTCMonth(day.getUTCMonth() + 1); else day.setUTCFullYear(day.getUTCFullYear() + 1); }
    }
    for (const iso of dates) counts.set(iso.slice(0, cut), (counts.get(iso.slice(0, cut)) ?? 0) + 1);
    if (counts.size < 3) return;
    const most = Math.max(...counts.values());
    const only = chosen.size === 1 ? [...chosen][0].classes : "sx";
    const bars = Array.from(counts, ([when, number], at) => [at * 10 + 1, 40 - (40 * number) / most, 8, (40 * number) / most, "part", `${when}: ${number}`]);
    const ends = make("p", "", "ends");
    ends.append(make("span", Array.from(counts.keys())[0]), make("span", Array.from(counts.keys()).pop()));
    figure.replaceChildren(make("figcaption", `Quotations by ${unit}, at most ${most}`), drawing(bars, counts.size * 10, 40, `years ${only}`), ends);
    figure.hidden = false;
  }

  // The table: rows are drawn some hundred at a time

  const headings = all("#table thead th");
  const columns = headings.map((heading) => heading.classList[0]);
  const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });
  const VALUES = {
    id: (one) => one.article.number * 1e9 + one.id, source: (one) => one.article.number, who: (one) => one.speaker.name, quote: (one) => one.quote,
    "mention-cell": (one) => one.mention, "cue-cell": (one) => one.cue, kind: (one) => one.kind, rule: (one) => one.rule,
    sure: (one) => (one.sure === null ? "" : one.sure), line: (one) => one.line,
  };

  function drawRows(from = 0) {
    const shown = new Set(found);
    const rows = order.filter((quotation) => shown.has(quotation));
    const body = byId("table").tBodies[0];
    if (from === 0) body.replaceChildren();
    body.append(...rows.slice(from, drawn.rows).map((quotation) => {
      const row = make("tr", "", quotation.speaker.classes);
      row.dataset.q = quotation.key;
      row.append(...columns.map((column) => {
        const cell = make("td", "", column + (["id", "sure", "line"].includes(column) ? " num" : ""));
        const link = (hash, text) => { const made = make("a", text); made.href = hash; return made; };
        if (column === "id") cell.append(link(`#q${quotation.key}`, quotation.id));
        else if (column === "source") cell.append(link(`#a${quotation.article.number}`, quotation.article.title));
        else if (column === "who") cell.append(make("span", quotation.speaker.name, "name"));
        else if (column === "sure") cell.textContent = quotation.sure === null ? "" : quotation.sure.toFixed(2);
        else cell.textContent = VALUES[column](quotation);
        return cell;
      }));
      return row;
    }));
    const more = byId("more-rows");
    more.hidden = rows.length <= drawn.rows;
    more.textContent = `Show ${Math.min(ROWS, rows.length - drawn.rows)} more of ${rows.length.toLocaleString("en")}`;
    more.onclick = () => { drawn.rows += ROWS; drawRows(drawn.rows - ROWS); highlight(); };
    byId("table").hidden = rows.length === 0;
  }

  headings.forEach((heading, at) => heading.querySelector("button").addEventListener("click", () => {
    const down = heading.getAttribute("aria-sort") === "ascending";
    for (const other of headings) other.removeAttribute("aria-sort");
    heading.setAttribute("aria-sort", down ? "descending" : "ascending");
    const compare = (a, b) => (typeof a === "number" && typeof b === "number" ? a - b : collator.compare(a, b));
    order = quotations.map((quotation) => [VALUES[columns[at]](quotation), quotation])
      .sort(([a], [b]) => (a === "") - (b === "") || (down ? compare(b, a) : compare(a, b))).map(([, quotation]) => quotation);
    drawn.rows = ROWS;
    drawRows();
    highlight();
  }));

  // Searched words in colour, without touching the document (CSS Custom Highlight API).

  function highlight() {
    if (!window.CSS?.highlights) return;
    const ranges = [];
    const looked = [[byId("hits"), "blockquote, .wording, .who-said, .where a"], [byId("table"), ".quote, .name"],
      ...articles.filter((article) => isOpen(article) && !article.element.hidden).map((article) => [article.element, "mark.on"])];
    const elements = terms.length ? looked.flatMap(([inside, selector]) => all(selector, inside)) : [];
    for (const element of elements) {
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
    CSS.highlights.set("found", new Highlight(...ranges));
  }

  // Addresses: #speaker=Ana+Ortiz&find=wall&kind=mixed, #q3-12 of a quotation, #a3 of an article

  function remember(step) {
    const state = new URLSearchParams();
    for (const speaker of chosen) state.append("speaker", speaker.name);
    if (search.value.trim()) state.append("find", search.value.trim());
    if (kind.value) state.append("kind", kind.value);
    const hash = state.toString() ? `#${state}` : location.pathname + location.search;
    try { history[step ? "pushState" : "replaceState"](null, "", hash); } catch { /* a sandbox */ }
  }

  function choose(speaker, also) {
    const had = chosen.has(speaker);
    if (!also) { const only = chosen.size === 1; chosen.clear(); if (!had || !only) chosen.add(speaker); }
    else if (!chosen.delete(speaker)) chosen.add(speaker);
    remember(true);
    apply();
    if (chosen.size) toTop();
  }

  // What was chosen begins in view.
  function toTop() {
    const top = byId("chosen").getBoundingClientRect().top;
    if (top < 0 || top > innerHeight / 2) byId("chosen").scrollIntoView();
  }

  function clear() {
    chosen.clear();
    search.value = kind.value = "";
    remember(true);
    apply();
  }

  function arrive() {
    const hash = location.hash.slice(1);
    const target = /^[aq]\d+(-\d+)?$/.test(hash) && byId(hash);
    if (!target) {
      const state = new URLSearchParams(hash);
      chosen.clear();
      for (const name of state.getAll("speaker")) { const speaker = speakers.find((one) => one.name === name); if (speaker) chosen.add(speaker); }
      search.value = state.get("find") ?? "";
      kind.value = state.get("kind") ?? "";
      apply();
      return;
    }
    const folder = target.closest(".article");
    if (folder.hidden) { chosen.clear(); search.value = kind.value = ""; apply(); }
    if (folder.tagName === "DETAILS") folder.open = true;
    target.scrollIntoView({ block: hash[0] === "q" ? "center" : "start" });
    if (target.dataset.q) light(target.dataset.q.split(" ")[0]);
  }

  function copy(button, hash) {
    const before = button.textContent;
    const tell = (text) => { button.textContent = text; setTimeout(() => { button.textContent = before; }, 1500); };
    const address = location.href.split("#")[0] + hash;
    const shown = () => { location.hash = hash; tell("See the address bar"); };
    if (navigator.clipboard) navigator.clipboard.writeText(address).then(() => tell("Copied"), shown); else shown();
  }

  byId("speakers").addEventListener("click", (event) => {
    const button = event.target.closest(".speaker");
    if (button) choose(speakers[button.dataset.s], event.ctrlKey || event.metaKey || event.shiftKey);
  });
  byId("everyone").addEventListener("click", clear);
  byId("reset").addEventListener("click", () => { clear(); search.focus(); });
  byId("copy").addEventListener("click", () => copy(byId("copy"), location.hash));
  let waiting;
  search.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => { remember(false); apply(); if (terms.length) toTop(); }, quotations.length > 500 ? 20 : 0);
  });
  nameFilter.addEventListener("input", () => { drawn.speakers = SPEAKERS; drawSpeakers(matched); });
  kind.addEventListener("change", () => { remember(true); apply(); });
  brief.addEventListener("change", apply);
  addEventListener("popstate", arrive);
  document.addEventListener("toggle", (event) => {
    const article = event.target.open && articles[event.target.dataset.a - 1];
    if (article) { markArticle(article); highlight(); }
  }, true);

  // The card: cue, mention, rule, confidence of the quotation under the pointer or the focus; a click keeps it

  const card = byId("card");
  let kept = null;
  let leaving;

  function light(key) {
    for (const element of lit) element.classList.remove("lit");
    lit = byKey.has(key) ? all(`[data-q~="${key}"]`) : [];
    for (const element of lit) element.classList.add("lit");
  }

  function show(key, near) {
    const quotation = byKey.get(key);
    if (!quotation) return;
    clearTimeout(leaving);
    const facts = [
      ["Speaker", quotation.speaker.name], ["Role", quotation.speaker.role], ["Named as", quotation.mention], ["Cue", quotation.cue], ["Kind", quotation.kind],
      ["Rule", quotation.rule.replaceAll("_", " ")], ["Sure", quotation.sure === null ? "" : quotation.sure.toFixed(2)], ["Line", String(quotation.line)],
    ];
    const list = make("dl");
    for (const [term, value] of facts) if (value) list.append(make("dt", term), make("dd", value));
    const foot = make("p", "", "more");
    const button = make("button", "Copy link", "plain");
    button.type = "button";
    button.addEventListener("click", () => copy(button, `#q${key}`));
    foot.append(button);
    card.replaceChildren(list, foot);
    card.className = `card ${quotation.speaker.classes}`;
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
    light(null);
  }

  const keyOf = (element) => element.dataset.q.split(" ")[0];
  const part = (event) => {
    const element = event.target.closest?.(".text mark, .tag");
    return element && (element.classList.contains("on") || !document.body.classList.contains("filtered")) ? element : null;
  };
  document.addEventListener("mouseover", (event) => {
    if (card.contains(event.target)) { clearTimeout(leaving); return; }
    const element = part(event);
    if (element && kept === null) show(keyOf(element), element);
  });
  document.addEventListener("mouseout", (event) => {
    if ((part(event) || card.contains(event.target)) && kept === null) { clearTimeout(leaving); leaving = setTimeout(hide, 250); }
  });
  document.addEventListener("focusin", (event) => {
    const element = part(event);
    if (element?.matches(".tag")) { kept = null; show(keyOf(element), element); }
    else if (!card.contains(event.target) && !card.hidden) hide();
  });
  document.addEventListener("click", (event) => {
    const element = part(event);
    if (element) { show(keyOf(element), element); kept = keyOf(element); }
    else if (!card.contains(event.target) && !event.target.closest?.("a")) hide();
  });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });

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
  byId("find-speaker").hidden = speakers.length <= SPEAKERS;
  arrive();
  // The first search finds its hay made.
  let at = 0;
  const prepare = (idle) => { while (at < quotations.length && idle.timeRemaining() > 2) hayOf(quotations[at++]); if (at < quotations.length) requestIdleCallback(prepare); };
  if (window.requestIdleCallback) requestIdleCallback(prepare);
})();
