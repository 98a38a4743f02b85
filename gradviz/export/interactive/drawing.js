// The picture as elements of SVG: what is drawn once for a scene, and what follows the walk.

const NS = "http://www.w3.org/2000/svg", HIGH = 42, SIDE = 11;
const FONTS = {
  title: "600 13px system-ui, sans-serif", aside: "10px system-ui, sans-serif",
  text: "11px system-ui, sans-serif", value: "500 11px system-ui, sans-serif",
};
const USUAL = "grad ‖·‖ 88888.8";
const ruler = document.createElement("canvas").getContext("2d"), widths = new Map();

function widthOf(text, font) {
  const key = font + text;
  if (!widths.has(key)) {
    ruler.font = FONTS[font];
    widths.set(key, ruler.measureText(text).width);
  }
  return widths.get(key);
}

/** Returns a text that is shortened in its middle where it has no room. */
function fitted(text, font, room) {
  if (widthOf(text, font) <= room) return text;
  const signs = [...text];
  let low = 0, high = signs.length - 1;
  const cut = count => signs.slice(0, Math.ceil(count / 2)).join("") + "…" +
    (count > 1 ? signs.slice(-Math.floor(count / 2)).join("") : "");
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (widthOf(cut(middle), font) <= room) low = middle; else high = middle - 1;
  }
  return low ? cut(low) : "";
}

function element(name, attributes, parent) {
  const made = document.createElementNS(NS, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  if (parent) parent.append(made);
  return made;
}

/** Returns the texts of a node or closed container at the moment of the walk. */
function textsOf(model, walk, item) {
  const {state, taken, total} = walk.state(item);
  if (!model.isNode(item)) {
    const [title, type] = model.container(item), count = model.nodesIn(item).length;
    const part = taken > 0 && taken < total && walk.cursor !== 0;
    const right = part ? `${taken} of ${total}` : count === 1 ? "1 node" : `${count} nodes`;
    return {title, aside: "", left: type, right, above: "", state};
  }
  const [op, name, kind, label, shape, , , place] = model.nodes[item];
  const tensor = state === "coming" || place < 0 ? null : model.tensors[place];
  const scalar = tensor && tensor[8] && !tensor[8].includes(",");
  const grad = walk.gradient(item), gradient = grad < 0 ? "" : `grad ${model.tensors[grad][0]}`;
  if (kind === "leaf") {
    const left = tensor ? tensor[0] : shape;
    return {title: op, aside: scalar || left === shape ? "" : shape, left, right: gradient, above: "", state};
  }
  const left = label || shape, value = scalar ? tensor[0] : shape === left ? "" : shape;
  return {title: op, aside: name, left, right: gradient || value, above: gradient && scalar ? value : "", state};
}

/** Returns the size of a box, or at least the width of the frame, of an item. */
function measured(model, item, framed) {
  if (framed) {
    const [title, type] = model.container(item);
    return {w: 60 + widthOf(title, "title") + widthOf(`${type} · 8888 of 8888 nodes`, "text") + 2 * SIDE, h: 0};
  }
  const node = model.isNode(item) ? model.nodes[item] : null;
  const [title, aside, left] = node
    ? [node[0], node[2] === "leaf" ? node[4] : node[1], node[3] || node[4]]
    : [model.container(item)[0], "", model.container(item)[1]];
  const first = Math.min(widthOf(title, "title"), 300) + (aside ? 6 + Math.min(widthOf(aside, "aside"), 190) : 0) + 22;
  const second = Math.min(widthOf(left, "text"), 150) + 14 + widthOf(USUAL, "value");
  return {w: Math.ceil(Math.max(96, first, second) + 2 * SIDE), h: HIGH};
}

class Drawing {
  constructor(model, walk, svg) {
    Object.assign(this, {model, walk, svg});
    const heads = element("defs", {}, svg);
    for (const [id, colour] of [["idle", "edge"], ["done", "done"], ["now", "now"]]) {
      const head = element("marker", {
        id: `head-${id}`, viewBox: "0 0 10 10", refX: 9, refY: 5, markerWidth: 9, markerHeight: 9,
        markerUnits: "userSpaceOnUse", orient: "auto-start-reverse",
      }, heads);
      element("path", {d: "M1 1.5 10 5 1 8.5Z", class: `fill-${colour}`}, head);
    }
    this.layer = element("g", {class: "graph"}, svg);
  }
  /** Draws a scene anew. */
  show(scene) {
    this.scene = scene;
    this.layer.replaceChildren();
    this.boxes = new Map();
    this.frames = new Map();
    this.edges = [];
    const [frames, lines, titles, boxes, chips] = ["frames", "edges", "titles", "boxes", "chips"].map(
      name => element("g", {class: name}, this.layer));
    this.chips = chips;
    for (const frame of scene.frames) this.frame(frame, frames, titles);
    for (const [source, target, numbers, points] of scene.edges) {
      const line = element("path", {class: "edge", d: pathOf(points)}, lines);
      if (numbers.length > 1) this.count(points, numbers.length, lines);
      this.edges.push({line, source, target, numbers, points});
    }
    for (const box of scene.boxes) this.boxes.set(box[0], [this.box(box, boxes, false)]);
    for (const box of scene.copies) {
      if (this.boxes.has(box[0])) this.boxes.get(box[0]).push(this.box(box, boxes, true));
    }
    this.step();
  }
  count(points, count, parent) {
    const middle = Math.floor((points.length / 2 - 1) / 6) * 6;
    const [x, y] = bezier(points.slice(middle, middle + 8));
    const text = element("text", {class: "count", x: x + 6, y: y + 4}, parent);
    text.textContent = `×${count}`;
  }
  frame([item, left, top, width, height], parent, titles) {
    const rect = element("rect", {
      class: `frame ${this.model.above(item).length % 2 ? "odd" : "even"}`,
      x: left, y: top, width, height, rx: 7, "data-item": item,
    }, parent);
    const group = element("g", {class: "frame-title", tabindex: 0, role: "button", "data-item": item}, titles);
    const [title, type, , folded] = this.model.container(item);
    const room = width - 2 * SIDE - 13, name = fitted(title, "title", room);
    const wide = widthOf(name, "title"), count = this.model.nodesIn(item).length;
    const facts = fitted([type, folded ? "" : `${count} nodes`].filter(Boolean).join(" · "), "text", room - wide - 10);
    element("rect", {
      class: "title-ground", x: left + SIDE - 3, y: top + 5, rx: 3, height: 19,
      width: Math.max(8, 19 + wide + (facts ? 10 + widthOf(facts, "text") : 0)),
    }, group);
    element("path", {class: "sign", d: `M${left + SIDE} ${top + 12.5}h7l-3.5 5z`}, group);
    text(group, "title", left + SIDE + 13, top + 19, name);
    if (facts) text(group, "text secondary", left + SIDE + 23 + wide, top + 19, facts);
    group.setAttribute("aria-expanded", "true");
    group.setAttribute("aria-label", said("{title}, open group", {title}));
    this.frames.set(item, {rect, group});
  }
  box([item, x, y, w, h], parent, copy) {
    const model = this.model, isNode = model.isNode(item), left = x - w / 2, top = y - h / 2;
    const kind = isNode ? model.nodes[item][2] : "group";
    const group = element("g", {tabindex: 0, role: "button", "data-item": item}, parent);
    if (!isNode) {
      group.setAttribute("aria-expanded", "false");
      if (model.container(item)[3]) {
        element("rect", {class: "behind", x: left + 3, y: top + 3, width: w, height: h, rx: 7}, group);
      }
    }
    const rect = element("rect", {class: "box", x: left, y: top, width: w, height: h, rx: 7}, group);
    if (copy) rect.setAttribute("stroke-dasharray", "4 3");
    const order = isNode ? model.nodes[item][12] : 1;
    for (let inset = 3; inset < 3 * order; inset += 3) {
      element("rect", {class: "inner", x: left + inset, y: top + inset, width: w - 2 * inset, height: h - 2 * inset, rx: 4}, group);
    }
    const indent = isNode ? 0 : 13, texts = {};
    if (!isNode) element("path", {class: "sign", d: `M${left + SIDE + 1} ${y - 12.5}v7l5.5-3.5z`}, group);
    for (const [name, kinds, at, line] of [
      ["title", "title", left + SIDE + indent, y - 4.5], ["aside", "aside secondary", 0, y - 4.5],
      ["above", "value secondary end", left + w - SIDE - 14, y - 4.5],
      ["left", "text secondary", left + SIDE, y + 12.5], ["right", "value secondary end", left + w - SIDE, y + 12.5],
    ]) texts[name] = text(group, kinds, at, line, "");
    const tick = element("path", {class: "tick", d: `M${left + w - SIDE - 8} ${top + 13}l3.5 3.5 5.5-7.5`}, group);
    return {group, rect, texts, tick, kind, left, w, indent, was: ""};
  }
  /** Shows the moment of the walk: states, values, gradients and chips. */
  step() {
    const {model, walk} = this;
    for (const [item, drawn] of this.boxes) {
      const told = textsOf(model, walk, item), now = JSON.stringify(told);
      for (const each of drawn) if (each.was !== now) this.tell(each, told, now);
    }
    for (const [item, {rect, group}] of this.frames) {
      const {state} = walk.state(item);
      for (const each of [rect, group]) {
        each.classList.remove("now", "done", "coming");
        if (state !== "idle") each.classList.add(state);
      }
    }
    this.chips.replaceChildren();
    for (const edge of this.edges) {
      const {state, chip} = walk.edge(edge.numbers);
      edge.line.setAttribute("class", `edge ${state}`);
      if (chip) this.chip(edge, chip);
    }
  }
  tell(each, told, now) {
    const {group, texts, left, w, indent} = each, room = w - 2 * SIDE;
    each.was = now;
    group.setAttribute("class", `node ${each.kind} ${told.state}`);
    group.setAttribute("aria-label", [told.title, told.left, told.right, told.state === "now" ? said("current step") : ""].filter(Boolean).join(", "));
    const title = fitted(told.title, "title", room - indent - 12), wide = widthOf(title, "title") + indent;
    texts.title.textContent = title;
    const above = told.above && widthOf(told.above, "value") + wide + 22 <= room ? told.above : "";
    texts.above.textContent = above;
    const free = room - wide - 18 - (above ? widthOf(above, "value") + 6 : 0);
    const aside = free > 30 ? fitted(told.aside, "aside", free) : "";
    texts.aside.textContent = aside;
    texts.aside.setAttribute("x", left + SIDE + wide + 6);
    const right = fitted(told.right, "value", room);
    texts.right.textContent = right;
    texts.right.classList.toggle("gradient", told.right.startsWith("grad "));
    const over = room - (right ? widthOf(right, "value") + 10 : 0);
    texts.left.textContent = over > 24 || !right ? fitted(told.left, "text", over) : "";
  }
  chip(edge, told) {
    const k = Math.floor((edge.points.length / 2 - 1) / 6) * 6;
    const [x, y] = bezier(edge.points.slice(k, k + 8)), wide = widthOf(told, "value") + 16;
    const group = element("g", {class: "chip"}, this.chips);
    element("rect", {x: x + 8, y: y - 10, width: wide, height: 20, rx: 10}, group);
    text(group, "value", x + 16, y + 4, told);
  }
  /** Returns where an item is, as left, top, width and height; null where it is not shown. */
  placeOf(item) {
    const box = this.scene.boxes.find(each => each[0] === item);
    if (box) return [box[1] - box[3] / 2, box[2] - box[4] / 2, box[3], box[4]];
    const frame = this.scene.frames.find(each => each[0] === item);
    return frame ? frame.slice(1) : null;
  }
  elementsOf(item) {
    if (this.frames.has(item)) return [this.frames.get(item).group, this.frames.get(item).rect];
    return (this.boxes.get(item) || []).map(each => each.group);
  }
}

function text(parent, kinds, x, y, told) {
  const made = element("text", {class: kinds, x, y}, parent);
  made.textContent = told;
  return made;
}

function pathOf(points) {
  let d = `M${points[0].toFixed(1)} ${points[1].toFixed(1)}`;
  for (let k = 2; k + 5 < points.length; k += 6) d += `C${points.slice(k, k + 6).map(value => value.toFixed(1)).join(" ")}`;
  return d;
}

/** Returns the middle of one cubic segment. */
function bezier([x0, y0, x1, y1, x2, y2, x3, y3]) {
  return [(x0 + 3 * x1 + 3 * x2 + x3) / 8, (y0 + 3 * y1 + 3 * y2 + y3) / 8];
}
