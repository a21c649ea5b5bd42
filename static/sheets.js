// Sheets and lists while one types: what is wrong stands at its field at once, rows come and go without a new page, the
// arrow keys go from row to row, a block from Excel is put in where it is pasted, what was not saved is kept.
// The server does all of it by the same buttons; without this script they are pressed.
"use strict";
const sent = sessionStorage.getItem("sheet sent");
if (sent && document.querySelector(".messagelist .success")) localStorage.removeItem(sent);
sessionStorage.removeItem("sheet sent");
for (let form of document.querySelectorAll("form[data-sheet]")) {
  const post = (what) => {
    const data = new FormData(form);
    data.set("do", what);
    return fetch(location.href, { method: "POST", body: data, redirect: "manual" });
  };

  // What is wrong, while one types.
  let waiting, asked = 0;
  const check = async () => {
    const number = ++asked, answer = await post("check").catch(() => null);
    if (!answer?.ok || number !== asked) return;
    const { wrong, said, sums } = await answer.json();
    for (const place of form.querySelectorAll(".wrong")) {
      const name = place.id.slice("wrong-".length), field = form.elements[name];
      if (!field || (!field.value && !field.dataset.touched)) continue;
      place.textContent = wrong[name] ?? "";
      field.setAttribute("aria-invalid", name in wrong);
    }
    for (const place of form.querySelectorAll(".said")) {
      const key = place.id.slice("said-".length);
      place.textContent = wrong[key] ?? said[key] ?? "";
    }
    form.querySelectorAll("[data-sum]").forEach((place) => (place.textContent = sums?.[place.dataset.sum] ?? ""));
  };
  document.addEventListener("input", (event) => {
    if (!form.contains(event.target) || event.target.name?.endsWith("~block")) return;
    event.target.dataset.touched = "1";
    keep();
    clearTimeout(waiting);
    waiting = setTimeout(check, 400);
  });

  // Rows come and go. What is typed while the answer is on its way is not in it: it is asked for again.
  const redraw = async (what) => {
    let typed, fresh, again = -1;
    do {
      typed = JSON.stringify(fields());
      const answer = await post(what).catch(() => null);
      if (!answer?.ok) return false;
      fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("form[data-sheet]");
      if (!fresh) return false;
      again++;
    } while (typed !== JSON.stringify(fields()));
    const at = again ? document.activeElement.name : "";
    form.replaceWith(fresh);
    form = fresh;
    (form.elements[at] ?? form.querySelector("[autofocus]"))?.focus();
    keep();
    return true;
  };
  document.addEventListener("click", async (event) => {
    const button = event.target.closest?.("button[name=do]"), what = button?.value ?? "";
    if (!form.contains(button) || !/^(add|remove|up|down|paste) /.test(what)) return;
    event.preventDefault();
    if (!(await redraw(what))) form.requestSubmit(button);
  });
  document.addEventListener("change", (event) => {
    if (form.contains(event.target) && event.target.dataset.other && event.target.value === "~other") redraw(event.target.dataset.other);
  });

  // Keys and blocks.
  const cellsOf = (row) => [...row.cells].map((cell) => cell.querySelector("input:not([type=hidden]), textarea, select"));
  document.addEventListener("keydown", (event) => {
    const at = event.target, row = at.closest?.("table.entry tr"), step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!step || !row || event.isComposing || at.tagName === "SELECT" || !form.contains(at)) return;
    const inside = at.value.slice(0, at.selectionStart).split("\n").length, lines = at.value.split("\n").length;
    if (step < 0 ? inside > 1 : inside < lines) return;
    const next = row.parentNode.rows[row.sectionRowIndex + step], place = at.closest("td").cellIndex;
    const field = next && cellsOf(next)[place];
    if (field) {
      event.preventDefault();
      field.focus();
    }
  });
  document.addEventListener("paste", (event) => {
    const at = event.target, row = at.closest?.("table.entry tr"), text = event.clipboardData.getData("text/plain");
    if (!row || !form.contains(at) || !/\t/.test(text)) return;
    const block = form.querySelector(`[name="${at.name.split("-")[0]}-~block"]`);
    if (!block) return;
    event.preventDefault();
    block.value = text;
    redraw(`paste ${at.name.split("-")[0]}`);
  });

  // What was not saved is kept in this browser until it is.
  const key = `sheet ${location.pathname}`;
  const fields = () => [...new FormData(form)].filter(([name]) => !["csrfmiddlewaretoken", "do"].includes(name) && !name.endsWith("~block"));
  const start = JSON.stringify(fields());
  const keep = () => {
    try {
      localStorage.setItem(key, JSON.stringify(fields()));
    } catch { /* a full store keeps nothing, and nothing else stops */ }
  };
  document.addEventListener("submit", (event) => event.target === form && sessionStorage.setItem("sheet sent", key));
  const left = localStorage.getItem(key);
  if (left && left !== start && form.querySelector(".save-row")) {
    const old = new Map(JSON.parse(left)), bar = document.createElement("p"), take = document.createElement("button");
    bar.className = "kept";
    bar.setAttribute("role", "status");
    take.type = "button";
    take.textContent = "接着填";
    bar.append("这里有上次没有保存的内容。", take);
    form.before(bar);
    take.onclick = () => {
      bar.remove();
      // A row that was worded freely has other fields than the page's: those would be heard before the kept ones.
      for (const field of form.elements) if (field.name && !old.has(field.name) && !/^(do|csrfmiddlewaretoken)$/.test(field.name)) field.disabled = true;
      for (const [name, value] of old) {
        const field = form.elements[name] ?? form.appendChild(Object.assign(document.createElement("input"), { type: "hidden", name }));
        field.value = value;
      }
      redraw("keep");
    };
  }
}
