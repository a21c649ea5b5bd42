// Entry in a table of inputs: keys, blocks in and out, undo, drafts, and what the server says while one types.
// It knows no table; all that it needs the page declares, and without it the same form works by its buttons.
//   form[data-grid-form]   data-follow: where to ask what follows; data-draft: the key of its draft in this browser
//   table[data-grid]       data-heads: its headings as JSON, one a cell of a row; data-labels: how many of them are no
//                          figures; data-unit: 元 or 万元; data-key-like: a pattern of what may be a row's key
//   tbody tr               data-key, data-name: by which a pasted row finds it; data-asked: a question, passed over
//   input[data-cell=name]  name: the same; data-was: what is saved
//   [data-say], [data-unsaved], [data-copy], [data-sum=name]: where it speaks, counts, what copies, what a paste changed
//   [data-kept]            what goes into the draft besides; input[data-follow], button[data-ask]: what asks the server
// An answer: {texts: {id: text}, html: {id: html}, asked: {id of a row: [after which, html]}, wrong, doubted: [cell],
// say, focus, unit, later: what to ask for once the keys rest}; whatever is missing stays as it is.
"use strict";
for (const form of document.querySelectorAll("form[data-grid-form]")) {
  const table = form.querySelector("table[data-grid]"), body = table.tBodies[0], data = form.dataset;
  const all = (query) => [...form.querySelectorAll(query)];
  const cells = () => all("[data-cell]");
  const named = (name) => form.querySelector(`[data-cell="${CSS.escape(name)}"]`);
  const bare = (text) => text.normalize("NFKC").replace(/[\s,"“”‘’]/g, "");
  const isNumber = (text) => /^[-+(]?[\d.]+\)?(万元|元|%)?$/.test(bare(text));
  const same = (a, b) => bare(a) === bare(b) || (isNumber(a) && isNumber(b) && Number(bare(a)) === Number(bare(b)));
  const isChanged = (input) => !same(input.value, input.dataset.was ?? "");
  const flag = (query, name, on) => all(query).forEach((element) => element.classList.toggle(name, on));

  // What is said, with one thing to do about it.
  const bar = form.querySelector("[data-say]");
  const say = (words, button, act) => {
    bar.replaceChildren(words);
    if (button) {
      const made = Object.assign(document.createElement("button"), { type: "button", textContent: button });
      made.onclick = act;
      bar.append(" ", made);
    }
  };

  // Edits, taken back and done again.
  let done = [], undone = [], before = new Map();
  const put = (input, text) => {
    input.value = text;
    before.set(input.dataset.cell, text);
  };
  const record = (edits) => {
    if (!edits.length) return;
    done.push(edits);
    undone = [];
    changed();
  };
  const commit = (input) => {
    const old = before.get(input.dataset.cell) ?? input.dataset.was ?? "";
    before.set(input.dataset.cell, input.value);
    if (old !== input.value) record([[input.dataset.cell, old, input.value]]);
  };
  const travel = (from, to, at) => {
    const edits = from.pop();
    if (!edits) return;
    to.push(edits);
    for (const edit of edits) if (named(edit[0])) put(named(edit[0]), edit[at]);
    flag(".pasted", "pasted", false);
    named(edits[0][0])?.focus();
    say(at === 1 ? `已撤销 ${edits.length} 格。` : `又做了一遍：${edits.length} 格。`);
    changed();
  };
  const undo = () => travel(done, undone, 1), redo = () => travel(undone, done, 2);

  // What follows from what is typed: the newest question alone is answered.
  let asked = 0, timer, control;
  const entry = () => form.querySelector("[data-enter]");
  const drawn = new Map();
  const wanted = (extra) => {
    const sent = new URLSearchParams();
    for (const [name, value] of new FormData(form)) {
      const input = named(name);
      if (typeof value === "string" && (!input || isChanged(input))) sent.append(name, value);
    }
    for (const [name, value] of Object.entries(extra)) sent.set(name, value);
    return sent;
  };
  const follow = async (extra = {}) => {
    if (!data.follow) return false;
    clearTimeout(timer);
    const number = ++asked, sent = new Map(cells().map((input) => [input.dataset.cell, input.value]));
    sent.set("", entry()?.value);
    control?.abort();
    control = new AbortController();
    try {
      const answer = await fetch(data.follow, { method: "POST", body: wanted(extra), signal: control.signal });
      if (number !== asked) return false;
      if (answer.redirected || answer.status === 403) say("登录已过期：填的数留在这台电脑里，重新登录后会问您要不要接着填。");
      if (answer.ok && !answer.redirected) return apply(await answer.json(), number, sent);
    } catch (error) {
      if (error.name !== "AbortError") say("连不上服务器：填的数留在这台电脑里，请稍后再保存。");
    }
    return false;
  };
  const apply = (told, number, sent) => {
    if (number !== asked) return false;
    const since = cells().filter((input) => sent.get(input.dataset.cell) !== input.value);
    const late = entry()?.value !== sent.get("") ? entry().value : ""; // somebody typed on while it was asked
    const at = document.activeElement, place = at?.id, kept = since.map((input) => [input.dataset.cell, input.value]);
    for (const [id, html] of Object.entries(told.html ?? {})) {
      const part = document.getElementById(id);
      if (part && (drawn.get(id) !== html || part.querySelector("[data-enter]"))) part.innerHTML = html;
      drawn.set(id, html);
    }
    for (const [id, text] of Object.entries(told.texts ?? {})) {
      const part = document.getElementById(id);
      if (part) part.textContent = text;
    }
    for (const row of body.querySelectorAll("tr[data-asked]"))
      if (!(row.id in (told.asked ?? {}))) row.remove();
    for (const [id, [after, html]] of Object.entries(told.asked ?? {})) {
      const old = document.getElementById(id), holder = document.createElement("tbody");
      if (old?.contains(at)) continue;
      holder.innerHTML = html;
      old ? old.replaceWith(...holder.children) : document.getElementById(after)?.after(...holder.children);
    }
    const wrong = new Set(told.wrong ?? []), doubted = new Set(told.doubted ?? []);
    for (const input of cells()) {
      input.setAttribute("aria-invalid", wrong.has(input.dataset.cell));
      input.closest("td").classList.toggle("doubted", doubted.has(input.dataset.cell));
    }
    for (const [name, text] of kept) if (named(name)) named(name).value = text;
    if (told.unit) table.dataset.unit = told.unit;
    if (told.say) say(told.say);
    if (told.later) timer = setTimeout(follow, 400, { [told.later]: 1 });
    if (late && entry()) entry().value = late;
    if (at && !at.isConnected) document.getElementById((!late && told.focus) || place)?.focus();
    else if (told.focus && !late) document.getElementById(told.focus)?.focus();
    mark();
    return true;
  };

  // Drafts stay in this browser until what they hold is saved.
  const store = (value) => {
    try {
      if (value === undefined) return JSON.parse(localStorage.getItem(data.draft));
      value ? localStorage.setItem(data.draft, JSON.stringify(value)) : localStorage.removeItem(data.draft);
    } catch { return null; } // a browser that keeps nothing
  };
  const seen = form.elements.seen, unitNow = () => form.elements.unit?.value;
  const mark = () => {
    const open = cells().filter(isChanged);
    const count = form.querySelector("[data-unsaved]");
    if (count) count.textContent = open.length ? `${open.length} 格没有保存，草稿留在这台电脑` : "";
    return open;
  };
  const changed = () => {
    const open = mark(), extra = all("[data-kept]").map((input) => [input.name, input.value]);
    if (data.draft && !offered)
      store(open.length ? { at: new Date().toLocaleString("zh-CN"), seen: seen?.value, unit: unitNow(), extra,
        cells: open.map((input) => [input.dataset.cell, input.value, input.dataset.was ?? ""]) } : null);
    clearTimeout(timer);
    timer = setTimeout(follow, 120);
  };
  let offered = false;
  const offer = () => {
    const draft = data.draft && store();
    const open = draft?.cells?.filter(([name, text]) => !same(named(name)?.value ?? "", text)) ?? [];
    if (!open.length) return draft && store(null);
    offered = true;
    const moved = open.filter(([name, , was]) => named(name) && !same(named(name).dataset.was ?? "", was));
    const since = moved.length ? `其中 ${moved.length} 格在这之后被别人改过，保存时会并排给您看。` : "";
    say(`这台电脑上有 ${draft.at} 填了没有保存的 ${open.length} 格。${since}`, "接着填", () => {
      offered = false;
      if (seen && draft.seen) seen.value = draft.seen;
      resume(draft, open);
    });
    bar.append(" ", Object.assign(document.createElement("button"), { type: "button", textContent: "不要了",
      onclick: () => { offered = false; store(null); say(""); } }));
  };
  const resume = async (draft, open) => {
    const rows = Object.fromEntries(draft.extra ?? []);
    if (open.some(([name]) => !named(name)) || draft.unit !== unitNow())
      await follow({ ...rows, ...(draft.unit ? { show: draft.unit } : {}) });
    const edits = [];
    for (const [name, text] of open) {
      const input = named(name);
      if (input) edits.push([name, input.value, text]) && put(input, text);
    }
    record(edits);
    say(`接着填：放回了 ${edits.length} 格，还没有保存。`);
  };

  // Moving about.
  const inputOf = (cell) => cell?.querySelector("[data-cell]");
  const step = (input, down, right) => {
    const cell = input.closest("td");
    if (right) {
      const list = cells(), next = list[list.indexOf(input) + right];
      return next?.closest("tr") === cell.parentNode ? next : null;
    }
    let row = cell.parentNode;
    while ((row = down > 0 ? row.nextElementSibling : row.previousElementSibling))
      if (inputOf(row.cells[cell.cellIndex])) return inputOf(row.cells[cell.cellIndex]);
    return null;
  };
  const go = (input) => {
    if (!input) return;
    input.focus();
    input.select?.();
  };
  const atEnd = (input, right) => {
    const { selectionStart: start, selectionEnd: end, value } = input;
    if (start === null || start === undefined) return true;
    return (end - start === value.length) || (start === end && start === (right > 0 ? value.length : 0));
  };
  let anchor = null, last = null;
  const block = () => {
    if (!anchor?.isConnected || !last?.isConnected) return [];
    const rows = [...body.rows].filter((row) => !row.dataset.asked);
    const [top, bottom] = [anchor, last].map((cell) => rows.indexOf(cell.parentNode)).sort((a, b) => a - b);
    const [left, right] = [anchor, last].map((cell) => cell.cellIndex).sort((a, b) => a - b);
    return rows.slice(top, bottom + 1).map((row) => [...row.cells].slice(left, right + 1));
  };
  const choose = (cell, extend) => {
    if (!extend) anchor = cell;
    last = cell;
    flag(".chosen", "chosen", false);
    const found = block().flat();
    if (found.length > 1) found.forEach((one) => one.classList.add("chosen"));
  };
  const KEYS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1], Enter: [1, 0] };
  form.addEventListener("keydown", (event) => {
    const input = event.target;
    if (event.isComposing || event.keyCode === 229) return; // the key belongs to an input method
    const control = event.ctrlKey || event.metaKey, key = event.key.toLowerCase();
    if (control && (key === "z" || key === "y")) {
      event.preventDefault();
      if (input.dataset.cell) commit(input);
      return key === "y" || event.shiftKey ? redo() : undo();
    }
    if (!input.dataset.cell || control || event.altKey) return;
    if (event.key === "Escape") {
      input.value = before.get(input.dataset.cell) ?? input.dataset.was ?? "";
      input.select?.();
      return changed();
    }
    const way = KEYS[event.key];
    if (!way || (input.matches("select") && event.key !== "Enter")) return;
    if (input.matches("textarea") && event.key === "Enter" && event.shiftKey) return; // a new line
    if (event.key === "Enter") {
      event.preventDefault();
      commit(input);
      return go(step(input, event.shiftKey ? -1 : 1, 0));
    }
    if ((way[1] || input.matches("textarea")) && !event.shiftKey && !atEnd(input, way[0] + way[1])) return;
    if (event.shiftKey && way[1] && !atEnd(input, way[1])) return;
    const from = event.shiftKey && last ? inputOf(last) ?? input : input, next = step(from, ...way);
    if (!next) return;
    event.preventDefault();
    if (event.shiftKey) return choose(next.closest("td"), true);
    commit(input);
    go(next);
  });
  form.addEventListener("focusin", ({ target }) => {
    if (!target.dataset.cell) return;
    if (!before.has(target.dataset.cell)) before.set(target.dataset.cell, target.value);
    choose(target.closest("td"), false);
    if (target.matches("input")) target.select(); // what is typed next takes its place, as in any table
  });
  form.addEventListener("mousedown", (event) => {
    const input = event.target;
    if (!event.shiftKey && input.matches("input[data-cell]") && input !== document.activeElement) {
      event.preventDefault();
      input.focus();
    }
    const cell = event.shiftKey && event.target.closest("td");
    if (!cell || !anchor) return;
    event.preventDefault();
    choose(cell, true);
  });
  form.addEventListener("input", ({ target, isComposing }) => {
    if (isComposing) return;
    if (target.dataset.cell) target.setAttribute("aria-invalid", false);
    if (target.dataset.cell || target.dataset.follow !== undefined) changed();
  });
  form.addEventListener("compositionend", () => changed());
  form.addEventListener("change", ({ target }) => (target.dataset.cell ? commit(target) : changed()));

  // Blocks: tab-separated, as Excel and WPS copy and paste them.
  const textOf = (cell) => (inputOf(cell)?.value ?? (cell.querySelector("[data-figure]") ?? cell).textContent).trim();
  const quoted = (text) => (/[\t\n"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  let copied = null;
  document.addEventListener("copy", (event) => {
    const rows = copied ?? (form.contains(document.activeElement) ? block() : []);
    if (rows.flat().length < 2) return;
    event.preventDefault();
    event.clipboardData.setData("text/plain", rows.map((row) => row.map((cell) => quoted(textOf(cell))).join("\t")).join("\n"));
    say(`已复制 ${rows.length} 行 × ${rows[0].length} 栏，可以贴到 Excel 或 WPS。`);
  });
  const copying = form.querySelector("[data-copy]");
  if (copying) copying.hidden = false;
  copying?.addEventListener("click", () => {
    copied = [...table.rows].filter((row) => !row.dataset.asked && row.parentNode === body).map((row) => [...row.cells]);
    document.execCommand("copy");
    copied = null;
  });
  const parse = (text) => {
    const rows = [[]];
    for (const [, quote, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"(?=[\t\r\n]|$)|([^\t\r\n]*))(\t|\r\n|\n|\r|$)/g)) {
      rows.at(-1).push((quote?.replaceAll('""', '"') ?? plain).trim());
      if (!end) break;
      if (end !== "\t") rows.push([]);
    }
    if (rows.at(-1).join("") === "") rows.pop();
    return rows;
  };
  const UNITS = { "元": 0, "万元": 4 };
  const shifted = (text, from, to) => {
    const by = (UNITS[from] ?? 0) - (UNITS[to] ?? 0), found = bare(text).match(/^([-+(]?)(\d*)\.?(\d*)(\)?)$/);
    if (!by || !found || !(from in UNITS && to in UNITS)) return text;
    const [, sign, whole, part, close] = found, digits = "0".repeat(5) + whole + part + "0".repeat(5);
    const point = 5 + whole.length + by;
    const moved = `${digits.slice(0, point).replace(/^0+(?=\d)/, "")}.${digits.slice(point)}`.replace(/\.?0+$/, "");
    return sign + (moved.startsWith(".") ? "0" : "") + moved + close;
  };
  const most = (rows, test) => {
    const count = Math.max(0, ...rows.map((row) => row.length));
    const found = Array.from({ length: count }, (_, at) => rows.filter((row) => row[at] && test(row[at], row)).length);
    const best = found.indexOf(Math.max(0, ...found));
    return found[best] * 2 >= rows.length && found[best] ? best : -1;
  };
  // Where each pasted row and column goes: by code or name where the block has them, else from the chosen cell on.
  const plan = (rows, input) => {
    const heads = JSON.parse(table.dataset.heads ?? "[]").map(bare), places = [...body.rows].filter((row) => !row.dataset.asked);
    const headed = rows.findIndex((row) => row.filter((text) => text && heads.includes(bare(text))).length > 1);
    const held = rows.slice(headed + 1).filter((row) => row.some(Boolean));
    const keys = new Map(places.map((row) => [row.dataset.key, row])), names = places.map((row) => bare(row.dataset.name ?? ""));
    let key = most(held, (text) => keys.has(bare(text)) && bare(text));
    const name = most(held, (text) => !isNumber(text) && names.includes(bare(text)));
    const like = table.dataset.keyLike && new RegExp(`^(?:${table.dataset.keyLike})$`);
    if (key < 0 && like && held[0]?.length > 1)
      key = most(held, (text, row) => like.test(bare(text)) && !isNumber(row[row.indexOf(text) + 1] || "0"));
    const first = input.closest("td").cellIndex, labels = Math.max(key, name);
    const start = labels < 0 ? 0 : 1 + Math.max(labels, most(held, (text) => !isNumber(text) && bare(text).length > 1));
    const width = Math.max(...held.map((row) => row.length)) - start;
    const firstFigure = Number(table.dataset.labels ?? 1), whole = heads.length && width >= heads.length - firstFigure;
    const from = labels >= 0 && (whole || first + width > heads.length) ? firstFigure : first;
    const column = (at) => {
      if (headed < 0) return at < start ? -1 : from + at - start;
      const found = heads.indexOf(bare(rows[headed][at] ?? ""));
      return at < start && labels >= 0 ? -1 : found;
    };
    let past = places.indexOf(input.closest("tr")) - 1;
    const row = (texts) => {
      if (labels < 0) return places[++past];
      if (key >= 0 && texts[key]) return keys.get(bare(texts[key]));
      const wanted = bare(texts[name] ?? ""), next = names.indexOf(wanted, past + 1);
      past = next >= 0 ? next : names.indexOf(wanted);
      return places[past];
    };
    return { held, column, row, label: (texts) => texts[key >= 0 ? key : name] ?? "" };
  };
  const sums = () => new Map(all("[data-sum]").map((part) => [part.dataset.sum, part.textContent.trim()]));
  const paste = async (text, input, tried) => {
    const rows = parse(text), { held, column, row, label } = plan(rows, input), edits = [], lost = [], placed = [];
    const said = /单位[:：]?\s*(万元|元)/.exec(bare(text))?.[1];
    let skipped = 0;
    for (const texts of held) {
      const place = row(texts);
      if (!place) { lost.push(label(texts)); continue; }
      texts.forEach((one, at) => {
        const cell = place.cells[column(at)], target = inputOf(cell);
        if (!cell || cell.tagName === "TH") return;
        if (!target) return void (skipped += one ? 1 : 0);
        const [, number, own] = bare(one).match(/^(.*?)(万元|元)$/) ?? [null, one, said];
        const value = own ? shifted(number, own, table.dataset.unit) : one;
        placed.push(cell);
        if (!same(value, target.value)) edits.push([target, target.value, value]);
      });
    }
    const missing = lost.filter(Boolean);
    if (missing.length && !tried && form.elements.add && (await follow({ add_many: `${missing.join("\n")}\n` })))
      return paste(text, named(input.dataset.cell) ?? cells()[0], true);
    const old = sums();
    for (const [target, , value] of edits) put(target, value);
    record(edits.map(([target, was, value]) => [target.dataset.cell, was, value]));
    flag(".pasted", "pasted", false);
    placed.forEach((cell) => cell.classList.add("pasted"));
    const told = [`粘贴了 ${edits.length} 格`];
    if (placed.length > edits.length) told.push(`${placed.length - edits.length} 格本来就一样`);
    if (skipped) told.push(`${skipped} 格是算出来的，没有贴入`);
    if (lost.length) told.push(`${lost.length} 行没有对上，没有贴入：${lost.map((one) => one || "没有编码和名称的行").slice(0, 5).join("、")}`);
    await follow();
    for (const [name, now] of sums()) if (old.get(name) !== now) told.push(`${name} ${old.get(name) || "空白"} → ${now || "空白"}`);
    say(`${told.join("；")}。`, "撤销粘贴（Ctrl+Z）", undo);
  };
  document.addEventListener("paste", (event) => {
    const text = event.clipboardData.getData("text/plain"), at = event.target;
    const input = at.dataset.cell ? at : at.matches("input, textarea, select") ? null : cells()[0];
    if (!input || !/[\t\n\r]./.test(text)) return;
    event.preventDefault();
    commit(input);
    paste(text, input);
  });

  // A button that asks the server something about the form as it stands, without leaving the page.
  form.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-ask]");
    if (!button || !data.follow) return;
    event.preventDefault();
    follow({ [button.name]: button.value });
  });
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.target.dataset.enter === undefined || event.isComposing) return;
    event.preventDefault();
    follow({ [event.target.dataset.enter]: "1" });
  });
  form.addEventListener("submit", () => cells().forEach((input) => (input.disabled = !isChanged(input))));
  addEventListener("pageshow", () => cells().forEach((input) => (input.disabled = false)));
  const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (target && form.contains(target)) go(target.matches("[data-cell]") ? target : inputOf(target.closest("tr")));
  offer();
  mark();
}
