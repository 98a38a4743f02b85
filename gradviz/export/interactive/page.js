// The page: its controls, keys, mouse and touch, the search, and the details of an item.

const MOST_BOXES = 2000, LEAST = 0.02, MOST = 6, READABLE = 0.7;
const $ = id => document.getElementById(id);

/** Returns the data: as they are, or unpacked where they are many. */
async function dataOf(holder) {
  if (!holder.dataset.packed) return JSON.parse(holder.textContent);
  const bytes = Uint8Array.from(atob(holder.textContent), sign => sign.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return JSON.parse(await new Response(stream).text());
}

class Page {
  constructor(data) {
    texts = data.texts ?? {};
    sayAgain(document);
    this.model = new Model(data);
    this.walk = new Walk(this.model);
    this.svg = $("picture");
    this.drawing = new Drawing(this.model, this.walk, this.svg);
    this.firstOpen = new Set(data.first.frames.map(frame => frame[0]));
    this.open = new Set(this.firstOpen);
    this.scale = 1;
    this.x = this.y = 0;
    this.hits = [];
    this.hit = -1;
    this.selected = -1;
    this.walk.go(data.cursor);
    this.controls();
    this.mouse();
    this.draw();
    this.fit();
    this.went();
    $("told").textContent = data.note;
    // Also where a message takes room from the picture.
    new ResizeObserver(() => this.resized()).observe(this.svg);
    addEventListener("beforeprint", () => this.wholeView());
    addEventListener("afterprint", () => this.view());
    document.documentElement.dataset.ready = "true";
  }
  draw() {
    const same = this.open.size === this.firstOpen.size && [...this.open].every(each => this.firstOpen.has(each));
    this.drawing.show(same ? this.model.first : arranged(this.model, this.open, (item, framed) => measured(this.model, item, framed)));
    this.mark();
  }
  /** Opens or closes some containers, and keeps one item where it is on the screen. */
  change(open, kept) {
    if (boxCount(this.model, open) > MOST_BOXES) {
      this.say(said("That would be more than {count} boxes: open groups one by one.", {count: MOST_BOXES.toLocaleString("en")}));
      return false;
    }
    const before = kept === undefined ? null : this.drawing.placeOf(kept);
    this.open = open;
    this.draw();
    const after = kept === undefined ? null : this.drawing.placeOf(kept);
    if (before && after) {
      this.x += (before[0] - after[0]) * this.scale;
      this.y += (before[1] - after[1]) * this.scale;
    }
    this.view();
    return true;
  }
  toggle(item) {
    if (this.model.isNode(item)) return;
    const open = new Set(this.open);
    if (!open.delete(item)) open.add(item);
    if (this.change(open, item)) {
      this.focus(item);
      this.select(item);
      if (this.open.has(item)) this.bringIn(item);
    }
  }
  focus(item) {
    const [first] = this.drawing.elementsOf(item);
    if (first) first.focus({preventScroll: true});
  }
  level(by) {
    const levels = this.model.level, open = new Set();
    const shown = place => this.model.above(this.model.count + place).every(each => this.open.has(each));
    levels.forEach((_, place) => {
      const item = this.model.count + place, isOpen = this.open.has(item);
      if (by > 0 ? isOpen || shown(place) : isOpen && this.model.children(item).some(each => this.open.has(each) && shown(each - this.model.count))) open.add(item);
    });
    if (this.change(open)) this.fit(READABLE);
  }

  // The view.
  get size() {
    const {width, height} = this.svg.getBoundingClientRect();
    return [Math.max(width, 1), Math.max(height, 1)];
  }
  /** Keeps the view; a frame of a notebook may have had no room when the page began. */
  resized() {
    if (this.hadRoom) this.view();
    else this.fit();
  }
  view() {
    const [width, height] = this.size;
    this.svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    this.drawing.layer.setAttribute("transform", `translate(${this.x} ${this.y}) scale(${this.scale})`);
  }
  wholeView() {
    const {width, height} = this.drawing.scene;
    this.svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    this.drawing.layer.setAttribute("transform", "");
  }
  /** Shows all, or the beginning of a picture that would be smaller than the least scale. */
  fit(least = LEAST) {
    const [width, height] = this.size, scene = this.drawing.scene;
    this.hadRoom = width > 1 && height > 1;
    this.scale = Math.min(1.25, Math.max(least, Math.min(width / scene.width, height / scene.height)));
    const free = [width - scene.width * this.scale, height - scene.height * this.scale];
    // Of what has no room its beginning is shown, and across that its middle.
    const {direction} = this.model, along = isSideways(direction) ? 0 : 1;
    const begin = direction === "BT" || direction === "RL" ? Math.min(0, free[along]) : 0;
    const start = free.map((each, axis) => axis === along && each < 0 ? begin : each / 2);
    [this.x, this.y] = start;
    this.view();
  }
  zoom(by, x, y) {
    const [width, height] = this.size, scale = Math.min(MOST, Math.max(LEAST, this.scale * by));
    const atX = x ?? width / 2, atY = y ?? height / 2;
    this.x = atX - (atX - this.x) * scale / this.scale;
    this.y = atY - (atY - this.y) * scale / this.scale;
    this.scale = scale;
    this.view();
  }
  /** Moves an item into sight, and closer where it could not be read. */
  bringIn(item, closer) {
    const place = this.drawing.placeOf(item);
    if (!place) return;
    const [left, top, w, h] = place, [width, height] = this.size;
    if (closer && this.scale < 0.7) this.scale = 1;
    const inside = (at, long, whole, moved) => {
      const start = at * this.scale + moved, end = start + long * this.scale;
      if (long * this.scale > whole - 40) return 20 - at * this.scale;
      return start < 20 ? moved + 20 - start : end > whole - 20 ? moved + whole - 20 - end : moved;
    };
    this.x = inside(left, w, width, this.x);
    this.y = inside(top, h, height, this.y);
    this.view();
  }

  // The walk.
  go(cursor) {
    if (cursor === this.walk.cursor) return;
    this.walk.go(cursor);
    this.drawing.step();
    this.mark();
    this.went();
    const now = this.walk.now;
    if (now >= 0) this.bringIn(shownBy(this.model, this.open)(now));
  }
  went() {
    const {walk} = this, now = walk.now;
    $("cursor").value = walk.cursor;
    const text = now >= 0 ? `${walk.text}: ${this.model.nameOf(now)}` : walk.text;
    $("cursor").setAttribute("aria-valuetext", text);
    $("moment").textContent = text;
    for (const [id, at] of [["begin", walk.first], ["back", walk.first], ["on", walk.last], ["end", walk.last]]) {
      $(id).disabled = walk.cursor === at;
    }
    if (this.selected >= 0) this.details();
  }

  // Selection, search and details.
  select(item) {
    this.selected = item;
    this.mark();
    this.details();
  }
  mark() {
    this.svg.querySelectorAll(".selected, .hit").forEach(each => each.classList.remove("selected", "hit"));
    const show = shownBy(this.model, this.open);
    const add = (item, kind) => this.drawing.elementsOf(item).forEach(each => each.classList.add(kind));
    for (const hit of this.hits) add(show(hit), "hit");
    if (this.selected >= 0) add(show(this.selected), "selected");
  }
  find(text) {
    const wanted = text.trim().toLowerCase(), model = this.model;
    this.hits = [];
    this.hit = -1;
    if (wanted) {
      for (let item = 0; item < model.count + model.containers.length; item++) {
        const told = model.isNode(item)
          ? model.isHidden(item) ? [] : model.nodes[item].slice(0, 6)
          : [...model.container(item).slice(0, 2), model.container(item)[4]];
        if (told.some(each => each.toLowerCase().includes(wanted))) this.hits.push(item);
      }
    }
    this.mark();
    this.count();
  }
  count() {
    const many = this.hits.length;
    $("hits").textContent = !$("search").value.trim() ? "" : !many ? said("none") : this.hit < 0 ? `${many}` : said("{number} of {count}", {number: this.hit + 1, count: many});
  }
  next(by) {
    if (!this.hits.length) return;
    this.hit = (this.hit + by + this.hits.length) % this.hits.length;
    this.reveal(this.hits[this.hit]);
    this.count();
  }
  /** Opens what hides an item, selects it and brings it into sight. */
  reveal(item) {
    const hiding = this.model.above(item).filter(each => !this.open.has(each));
    if (hiding.length && !this.change(new Set([...this.open, ...hiding]))) return;
    this.select(item);
    this.bringIn(item, true);
  }
  details() {
    const holder = $("details"), item = this.selected, model = this.model;
    document.body.classList.toggle("with-details", item >= 0);
    if (item < 0) return;
    const body = $("facts");
    body.replaceChildren();
    const row = (name, value) => {
      if (!value) return;
      const made = document.createElement("div"), term = document.createElement("dt"), told = document.createElement("dd");
      term.textContent = name;
      if (value instanceof Node) told.append(value); else told.textContent = value;
      made.append(term, told);
      body.append(made);
    };
    $("subject").textContent = model.nameOf(item);
    if (model.isNode(item)) this.nodeDetails(item, row); else this.containerDetails(item, row);
    const around = model.above(item)[0];
    if (around !== undefined) row(said("In"), this.links([around]));
    holder.scrollTop = 0;
  }
  nodeDetails(item, row) {
    const {model, walk} = this, node = model.nodes[item];
    row("PyTorch", node[1]);
    row(said("Kind"), said(node[2]) + (node[12] > 1 ? said(", order {number}", {number: node[12]}) : ""));
    row(said("Computes"), node[3]);
    row(said("Shape"), node[4]);
    row("dtype", [node[5], node[6]].filter(Boolean).join(", "));
    row(said("Value"), walk.state(item).state === "coming" ? said("not computed yet") : this.tensor(node[7]));
    const gradient = walk.gradient(item);
    row(said("Gradient"), gradient >= 0 ? this.tensor(gradient) : walk.ran.has(item) ? said("has not come yet") : "");
    row(said("From"), this.links(model.edges.filter(edge => edge[1] === item).map(edge => edge[0])));
    row(said("To"), this.links(model.edges.filter(edge => edge[0] === item).map(edge => edge[1])));
    for (const [name, tensor, setting] of node[10]) row(said("Saved {name}", {name}), tensor >= 0 ? this.tensor(tensor) : setting);
    row(said("Note"), node[11]);
  }
  containerDetails(item, row) {
    const [, type, , folded, id] = this.model.container(item), {taken, total} = this.walk.state(item);
    row(said("Class"), type);
    row(said("Path"), folded ? "" : id.slice(1));
    row(said("Groups"), folded ? said("{count} equal ones", {count: folded}) : "");
    row(said("Nodes"), `${this.model.nodesIn(item).length}`);
    row(said("Steps"), this.walk.cursor ? said("{taken} of {total} taken", {taken, total}) : "");
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = said(this.open.has(item) ? "Close group" : "Open group");
    button.addEventListener("click", () => this.toggle(item));
    row("", button);
  }
  tensor(place) {
    if (place < 0) return "";
    const [text, shape, , , least, most, mean, norm, values] = this.model.tensors[place];
    if (!least && !norm) return values || text;
    return [shape, said("min {least}, max {most}", {least, most}), said("mean {mean}, ‖·‖ {norm}", {mean, norm}), values && `[${values}]`].filter(Boolean).join("\n");
  }
  links(items) {
    if (!items.length) return "";
    const holder = document.createElement("span");
    for (const item of [...new Set(items)].slice(0, 12)) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "link";
      button.textContent = this.model.nameOf(item);
      button.disabled = this.model.isHidden(item);
      button.addEventListener("click", () => this.reveal(item));
      holder.append(button, " ");
    }
    return holder;
  }
  say(text) {
    $("told").textContent = text;
    clearTimeout(this.telling);
    this.telling = setTimeout(() => { $("told").textContent = ""; }, 6000);
  }

  // Controls, keys, mouse and touch.
  controls() {
    const {walk, model} = this, on = (id, act) => $(id).addEventListener("click", act);
    Object.assign($("cursor"), {min: walk.first, max: walk.last, value: walk.cursor});
    $("walk").hidden = walk.first === walk.last;
    $("levels").hidden = !model.containers.length;
    $("cursor").addEventListener("input", () => this.go(Number($("cursor").value)));
    on("begin", () => this.go(walk.first));
    on("back", () => this.go(walk.cursor - 1));
    on("on", () => this.go(walk.cursor + 1));
    on("end", () => this.go(walk.last));
    on("in", () => this.zoom(1.25));
    on("out", () => this.zoom(0.8));
    on("fit", () => this.fit());
    on("deeper", () => this.level(1));
    on("higher", () => this.level(-1));
    on("theme", () => this.theme());
    on("close", () => this.select(-1));
    $("search").addEventListener("input", event => this.find(event.target.value));
    $("search").addEventListener("keydown", event => {
      if (event.key === "Enter") this.next(event.shiftKey ? -1 : 1);
      if (event.key === "Escape") { event.target.value = ""; this.find(""); event.target.blur(); }
    });
    addEventListener("keydown", event => this.key(event));
  }
  theme() {
    const root = document.documentElement;
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
  }
  key(event) {
    const typing = event.target.id === "search", sliding = event.target.id === "cursor";
    if ((event.ctrlKey || event.metaKey) && event.key === "f") {
      event.preventDefault();
      $("search").focus();
      $("search").select();
      return;
    }
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    const {walk} = this, item = event.target.dataset && event.target.dataset.item;
    const acts = {
      ArrowRight: () => this.go(walk.cursor + 1), ArrowLeft: () => this.go(walk.cursor - 1),
      Home: () => this.go(walk.first), End: () => this.go(walk.last),
      "+": () => this.zoom(1.25), "=": () => this.zoom(1.25), "-": () => this.zoom(0.8), 0: () => this.fit(),
      "/": () => $("search").focus(), Escape: () => this.select(-1), F3: () => this.next(event.shiftKey ? -1 : 1),
      ArrowUp: () => { this.y += 60; this.view(); }, ArrowDown: () => { this.y -= 60; this.view(); },
    };
    if (item !== undefined && (event.key === "Enter" || event.key === " ")) {
      event.preventDefault();
      if (this.model.isNode(Number(item))) this.select(Number(item)); else this.toggle(Number(item));
    } else if (acts[event.key] && !(sliding && event.key === "Tab")) {
      event.preventDefault();
      acts[event.key]();
    }
  }
  mouse() {
    const {svg} = this, held = new Map();
    let moved = 0, apart = 0, pressed = null;
    const at = event => {
      const {left, top} = svg.getBoundingClientRect();
      return [event.clientX - left, event.clientY - top];
    };
    svg.addEventListener("wheel", event => {
      event.preventDefault();
      this.zoom(Math.exp(-event.deltaY * (event.deltaMode ? 0.05 : event.ctrlKey ? 0.01 : 0.0015)), ...at(event));
    }, {passive: false});
    svg.addEventListener("pointerdown", event => {
      held.set(event.pointerId, at(event));
      if (held.size === 1) { moved = 0; pressed = event.target; }
      apart = 0;
      svg.setPointerCapture(event.pointerId);
    });
    svg.addEventListener("pointermove", event => {
      const before = held.get(event.pointerId);
      if (!before) return;
      const now = at(event);
      held.set(event.pointerId, now);
      moved += Math.abs(now[0] - before[0]) + Math.abs(now[1] - before[1]);
      if (held.size === 1) {
        if (moved < 4) return;
        this.x += now[0] - before[0];
        this.y += now[1] - before[1];
        this.view();
      } else {
        const [[x0, y0], [x1, y1]] = [...held.values()], far = Math.hypot(x1 - x0, y1 - y0);
        if (apart) this.zoom(far / apart, (x0 + x1) / 2, (y0 + y1) / 2);
        apart = far;
      }
    });
    const let_go = event => {
      if (!held.delete(event.pointerId)) return;
      apart = 0;
      if (event.type === "pointerup" && !held.size && moved < 4) this.clicked(pressed);
    };
    svg.addEventListener("pointerup", let_go);
    svg.addEventListener("pointercancel", let_go);
    svg.addEventListener("dblclick", event => event.preventDefault());
  }
  clicked(target) {
    const holder = target && target.closest("[data-item]");
    if (!holder) { this.select(-1); return; }
    const item = Number(holder.dataset.item), isSign = target.classList.contains("sign");
    const again = this.lastClick && this.lastClick[0] === item && performance.now() - this.lastClick[1] < 400;
    this.lastClick = [item, performance.now()];
    if (!this.model.isNode(item) && (isSign || again)) { this.lastClick = null; this.toggle(item); } else this.select(item);
  }
}

dataOf($("graph-data")).then(data => { window.gradviz = new Page(data); });
