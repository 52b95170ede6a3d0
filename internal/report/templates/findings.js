"use strict";
// Sorts, filters and saves the tables of the page, and draws lines and map.
// What stands in tables is made without it. State is in the address:
// #topic=taiwan&country=JPN&q=radar.
const data = JSON.parse(document.getElementById("data").textContent);
const names = new Map(data.names);
const form = document.getElementById("filter");
const fields = ["topic", "country", "q"];
const tables = [...document.querySelectorAll("table.data")];
const all = (selector, from = document) => [...from.querySelectorAll(selector)];
const sign = v => Math.abs(v) < .005 ? "0.00" : (v < 0 ? "−" : "+") + Math.abs(v).toFixed(2);

// make builds an element; text never becomes markup.
function make(tag, attributes = {}, ...children) {
  const svg = /^(svg|path|line|circle|rect|text|g|title)$/.test(tag);
  const e = svg ? document.createElementNS("http://www.w3.org/2000/svg", tag) : document.createElement(tag);
  for (const [k, v] of Object.entries(attributes)) e.setAttribute(k, v);
  e.append(...children);
  return e;
}

// State.
const state = () => Object.fromEntries(fields.map(f => [f, form.elements[f].value]));
function readAddress() {
  const hash = location.hash.slice(1);
  if (hash && !hash.includes("=")) return; // a section
  const p = new URLSearchParams(hash);
  for (const f of fields) {
    const e = form.elements[f], v = p.get(f) || "";
    e.value = v;
    if (e.value !== v) e.value = ""; // not on this page
  }
  apply();
}
function writeAddress() {
  const p = new URLSearchParams(Object.entries(state()).filter(([, v]) => v));
  history.replaceState(null, "", p.size ? "#" + p : location.pathname + location.search);
  apply();
}

// apply shows what fits the state.
function apply() {
  const s = state(), word = s.q.toLowerCase();
  const fits = e => (!s.topic || !e.dataset.t || e.dataset.t === s.topic) && (!s.country || !e.dataset.c || e.dataset.c === s.country) &&
    (!word || e.textContent.toLowerCase().includes(word));
  let shown = 0, rows = 0;
  for (const t of tables) {
    const own = t.search.value.toLowerCase();
    const list = [...t.tBodies[0].rows];
    for (const r of list) r.classList.toggle("off", !fits(r) || own !== "" && !r.textContent.toLowerCase().includes(own));
    if (t.classList.contains("heat")) for (const c of all("[data-t]", t)) c.classList.toggle("off", Boolean(s.topic) && c.dataset.t !== s.topic);
    const n = list.filter(r => !r.classList.contains("off")).length;
    t.counter.textContent = n === list.length ? list.length + " rows" : n + " of " + list.length + " rows";
    shown += n;
    rows += list.length;
    shorten(t, !t.open && !own && !s.country && !word);
  }
  const cards = document.getElementById("cards");
  if (cards) {
    cards.classList.toggle("some", !cards.open && !s.topic && !s.country && !word);
    for (const c of cards.children) c.classList.toggle("off", !fits(c));
  }
  for (const d of all(".topics div")) d.classList.toggle("off", Boolean(s.topic) && d.dataset.t !== s.topic);
  document.getElementById("filtered").textContent = s.topic || s.country || word ? shown + " of " + rows + " rows" : "";
  drawLines();
  drawMap();
}

// shorten hides the rows of a long table after the first ones.
function shorten(t, short) {
  const first = Number(t.dataset.first || 0), list = [...t.tBodies[0].rows].filter(r => !r.classList.contains("off"));
  const long = first > 0 && list.length > first + 3;
  list.forEach((r, i) => r.classList.toggle("later", long && i >= first));
  t.classList.toggle("short", long && short);
  t.more.hidden = !(long && short) && !t.open;
  t.more.textContent = t.open ? "Show fewer rows" : "Show all " + list.length + " rows";
  t.more.setAttribute("aria-expanded", String(!!t.open));
}

// Tables. A cell's data-csv holds its numbers, the first of which sorts.
const csvOf = cell => cell.dataset.csv === undefined ? [cell.textContent.trim()] : cell.dataset.csv.split(",");
function order(t, column, up) {
  const key = r => {
    const v = csvOf(r.cells[column])[0].replace(/\u202f/g, "");
    return v !== "" && isFinite(v) ? Number(v) : v;
  };
  const rows = [...t.tBodies[0].rows].map(r => [key(r), r]);
  const numbers = rows.some(([k]) => typeof k === "number");
  rows.sort(([a], [b]) => {
    if (a === "" || b === "") return (a === "") - (b === ""); // empty cells last, both ways
    const d = numbers ? a - b : a.localeCompare(b, "en");
    return up ? d : -d;
  });
  t.tBodies[0].append(...rows.map(([, r]) => r));
  all("thead th", t).forEach((h, i) => i === column ? h.setAttribute("aria-sort", up ? "ascending" : "descending") : h.removeAttribute("aria-sort"));
  apply();
}
function quoted(v) {
  v = String(v);
  if (/^[=+@\t\r-]/.test(v) && !isFinite(v)) v = "'" + v; // no formula for a spreadsheet
  return /[",\n\r]/.test(v) ? '"' + v.replaceAll('"', '""') + '"' : v;
}
function save(name, rows) {
  const text = "\ufeff" + rows.map(r => r.map(quoted).join(",")).join("\r\n") + "\r\n";
  const a = make("a", { download: "stance-" + name + ".csv", href: URL.createObjectURL(new Blob([text], { type: "text/csv" })) });
  document.body.append(a);
  a.click();
  a.remove();
  setTimeout(() => URL.revokeObjectURL(a.href), 10000);
}
function saveTable(t) {
  const heads = [...t.tHead.rows[0].cells];
  const kept = heads.map((h, i) => i).filter(i => !("plain" in heads[i].dataset));
  const titles = kept.flatMap(i => heads[i].dataset.csv ? heads[i].dataset.csv.split(",") : [heads[i].textContent.trim()]);
  const coded = all("tbody tr[data-c]", t).length > 0;
  const rows = all("tbody tr:not(.off)", t).map(r => [...(coded ? [r.dataset.c] : []), ...kept.flatMap(i => cellValues(r.cells[i], heads[i]))]);
  save(t.dataset.name, [[...(coded ? ["code"] : []), ...titles], ...rows]);
}
// A text may hold commas: it is one value where the head names one.
const cellValues = (cell, head) => head.dataset.csv && !head.dataset.csv.includes(",") ? [cell.dataset.csv ?? cell.textContent.trim()] : csvOf(cell);
function equip(t) {
  all("thead th", t).forEach((h, i) => {
    if ("plain" in h.dataset) return;
    const b = make("button", { type: "button" }, ...h.childNodes);
    const numeric = h.classList.contains("n"); // the largest first
    b.addEventListener("click", () => order(t, i, h.hasAttribute("aria-sort") ? h.getAttribute("aria-sort") === "descending" : !numeric));
    h.append(b);
  });
  t.search = make("input", { type: "search", placeholder: "find in table", "aria-label": "Find in " + t.dataset.name });
  t.search.addEventListener("input", apply);
  t.counter = make("span", { class: "dim small" });
  const csv = make("button", { type: "button" }, "Save as CSV");
  csv.setAttribute("aria-label", "Save " + t.dataset.name + " as CSV");
  csv.addEventListener("click", () => saveTable(t));
  t.more = make("button", { type: "button", class: "more" });
  t.more.addEventListener("click", () => { t.open = !t.open; apply(); });
  t.parentNode.after(t.more);
  t.parentNode.before(make("div", { class: "tools" }, t.search, csv, t.counter));
}

// Lines.
const few = 12;
let limit = few;
const linesFor = s => data.lines.filter(l => (!s.topic || l.t === s.topic) && (!s.country || l.c === s.country) && l.p.length);
function drawLines() {
  const list = linesFor(state());
  document.getElementById("charts").replaceChildren(...list.slice(0, limit).map(figure));
  document.getElementById("more-charts").hidden = list.length <= limit;
}
function figure(l) {
  const W = 320, H = 130, left = 26, right = 6, top = 8, bottom = 20;
  const x = b => left + (W - left - right) * (data.buckets.length > 1 ? b / (data.buckets.length - 1) : .5);
  const y = v => top + (H - top - bottom) * (1 - v) / 2;
  const name = names.get(l.c) || l.c, last = l.p[l.p.length - 1];
  const say = p => `${data.buckets[p[0]]}: ${sign(p[1])}` + (p[4] > 1 ? ` (${sign(p[2])} to ${sign(p[3])})` : "") + `, ${p[4]} ${p[4] > 1 ? "stories" : "story"}`;
  const svg = make("svg", { viewBox: `0 0 ${W} ${H}`, role: "img", "aria-label": `${name} on ${l.t}: ${l.p.length} points, the last ${say(last)}` });
  for (const v of [1, 0, -1]) svg.append(make("line", { class: "axis", x1: left, x2: W - right, y1: y(v), y2: y(v) }),
    make("text", { x: left - 4, y: y(v) + 4, "text-anchor": "end" }, v > 0 ? "+1" : v < 0 ? "−1" : "0"));
  svg.append(make("text", { x: left, y: H - 5 }, data.buckets[0]));
  if (data.buckets.length > 1) svg.append(make("text", { x: W - right, y: H - 5, "text-anchor": "end" }, data.buckets[data.buckets.length - 1]));
  // A band joins neighbouring buckets that have an interval; others get a whisker.
  const joined = (a, b) => b[0] - a[0] === 1;
  for (let i = 0; i < l.p.length; i++) {
    if (l.p[i][4] < 2) continue;
    let j = i;
    while (j + 1 < l.p.length && l.p[j + 1][4] > 1 && joined(l.p[j], l.p[j + 1])) j++;
    const run = l.p.slice(i, j + 1);
    if (run.length > 1) svg.append(make("path", { class: "band", d: "M" + run.map(p => `${x(p[0])} ${y(p[3])}`).join("L") + "L" + run.toReversed().map(p => `${x(p[0])} ${y(p[2])}`).join("L") + "Z" }));
    else svg.append(make("line", { class: "whisker", x1: x(run[0][0]), x2: x(run[0][0]), y1: y(run[0][2]), y2: y(run[0][3]) }));
    i = j;
  }
  svg.append(make("path", { class: "curve", d: l.p.map((p, i) => (i && joined(l.p[i - 1], p) ? "L" : "M") + x(p[0]) + " " + y(p[1])).join("") }));
  for (const p of l.p) svg.append(make("circle", { class: "dot", cx: x(p[0]), cy: y(p[1]), r: p[4] > 1 ? 3 : 2 }, make("title", {}, say(p))));
  const numbers = make("details", {}, make("summary", { class: "small" }, "Numbers"));
  numbers.addEventListener("toggle", () => {
    if (numbers.open && !numbers.querySelector("table")) numbers.append(make("table", {},
      make("thead", {}, make("tr", {}, ...[data.unit, "mean", "95 % interval", "stories"].map(h => make("th", { scope: "col" }, h)))),
      make("tbody", {}, ...l.p.map(p => make("tr", {}, ...[data.buckets[p[0]], sign(p[1]), p[4] > 1 ? sign(p[2]) + " to " + sign(p[3]) : "one story", p[4]].map(v => make("td", {}, String(v))))))));
  });
  return make("figure", {}, make("figcaption", {}, make("span", {}, name), make("span", { class: "dim small" }, l.t)), svg, numbers);
}

// Map.
const pairsOf = t => data.pairs.filter(p => p.t === t).length;
let mapTopic = data.topics.reduce((a, b) => pairsOf(b) > pairsOf(a) ? b : a, data.topics[0]);
function drawMap() {
  const s = state(), size = 22, gap = 2;
  if (s.topic) mapTopic = s.topic;
  document.getElementById("map-topics").replaceChildren(...data.topics.map(t => {
    const b = make("button", { type: "button", "aria-pressed": String(t === mapTopic) }, t);
    b.addEventListener("click", () => {
      mapTopic = t;
      if (s.topic) { form.elements.topic.value = t; writeAddress(); } else drawMap();
      all("#map-topics button").find(o => o.textContent === t).focus();
    });
    return b;
  }));
  const found = new Map(data.pairs.filter(p => p.t === mapTopic).map(p => [p.c, p]));
  const columns = Math.max(...data.tiles.map(t => t.x)) + 1, rows = Math.max(...data.tiles.map(t => t.y)) + 1;
  const svg = make("svg", { viewBox: `0 0 ${columns * size} ${rows * size}`, role: "img", "aria-label": `Map of mean scores on ${mapTopic}: ${found.size} countries have one` });
  for (const t of data.tiles) {
    const p = found.get(t.c), g = make("g", { class: "tile" + (s.country === t.c ? " on" : "") });
    const says = (names.get(t.c) || t.c) + (p ? `: ${sign(p.m)}` + (p.n > 1 ? ` (${sign(p.l)} to ${sign(p.h)}), ${p.n} stories` : ", one story") : ": no story");
    g.append(make("title", {}, says), make("rect", { class: p ? p.b : "none", x: t.x * size + gap / 2, y: t.y * size + gap / 2, width: size - gap, height: size - gap, rx: 3 }),
      make("text", { class: !p ? "faint" : /3/.test(p.b) ? "light" : "inky", x: t.x * size + size / 2, y: t.y * size + size / 2 + 3 }, t.c));
    if (p) g.addEventListener("click", () => { form.elements.country.value = s.country === t.c ? "" : t.c; writeAddress(); });
    svg.append(g);
  }
  document.getElementById("map-tiles").replaceChildren(svg);
}

// Start.
document.documentElement.classList.add("js");
form.hidden = false;
for (const e of all(".script-only")) e.hidden = false;
tables.forEach(equip);
form.addEventListener("input", writeAddress);
form.addEventListener("submit", e => e.preventDefault());
form.addEventListener("reset", () => setTimeout(() => { for (const f of fields) form.elements[f].value = ""; for (const t of tables) t.search.value = ""; writeAddress(); }));
document.getElementById("more-charts").addEventListener("click", () => { limit += 24; drawLines(); });
document.getElementById("csv-trends").addEventListener("click", () => save("trends", [["country", "topic", data.unit, "mean", "low", "high", "stories"],
  ...linesFor(state()).flatMap(l => l.p.map(p => [l.c, l.t, data.buckets[p[0]], p[1], ...(p[4] > 1 ? [p[2], p[3]] : ["", ""]), p[4]]))]));
document.getElementById("more-cards")?.addEventListener("click", e => {
  const cards = document.getElementById("cards");
  cards.open = !cards.open;
  e.target.setAttribute("aria-expanded", String(cards.open));
  e.target.textContent = cards.open ? "Show fewer" : "Show all";
  apply();
});
addEventListener("hashchange", readAddress);
apply();
readAddress();
