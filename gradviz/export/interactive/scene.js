// The part of the graph that is shown: boxes, frames and the edges between them, with their places.
//
// Items are numbers: those of the nodes, and from nodes.length on those of the containers.

/** The graph with its containers. */
class Model {
  constructor(data) {
    Object.assign(this, data);
    this.count = data.nodes.length;
    this.inside = Array.from({length: data.containers.length + 1}, () => []);
    this.around = new Int32Array(this.count + data.containers.length).fill(-1);
    data.containers.forEach((row, place) => this.hold(this.count + place, row[2]));
    data.nodes.forEach((row, place) => this.hold(place, row[8]));
    this.members = new Map();
    this.level = Array(data.containers.length).fill(0);
    for (let place = 0; place < data.containers.length; place++) {
      this.level[place] = this.above(this.count + place).length;
    }
  }
  hold(item, container) {
    this.around[item] = container < 0 ? -1 : this.count + container;
    this.inside[container + 1].push(item);
  }
  isNode(item) { return item < this.count; }
  container(item) { return this.containers[item - this.count]; }
  children(item) { return this.inside[item < 0 ? 0 : item - this.count + 1]; }
  isHidden(item) { return this.isNode(item) && this.nodes[item][9] === 1; }
  /** Returns the containers around an item, the innermost first. */
  above(item) {
    const found = [];
    for (let at = this.around[item]; at >= 0; at = this.around[at]) found.push(at);
    return found;
  }
  /** Returns the nodes within a container, however deep. */
  nodesIn(item) {
    if (this.isNode(item)) return [item];
    if (!this.members.has(item)) {
      const found = [], waiting = [item];
      while (waiting.length) {
        for (const each of this.children(waiting.pop())) (this.isNode(each) ? found : waiting).push(each);
      }
      this.members.set(item, found);
    }
    return this.members.get(item);
  }
  nameOf(item) { return this.isNode(item) ? this.nodes[item][0] : this.container(item)[0]; }
}

/** Returns for each item the one that shows it: itself, or the outermost closed one around it. */
function shownBy(model, open) {
  const known = new Map();
  const find = item => {
    if (known.has(item)) return known.get(item);
    const around = model.around[item];
    const outer = around < 0 ? -1 : find(around);
    const found = around < 0 || (outer === around && open.has(around)) ? item : outer;
    known.set(item, found);
    return found;
  };
  return find;
}

/** Returns how many boxes there would be. */
function boxCount(model, open) {
  const show = shownBy(model, open), found = new Set();
  for (let node = 0; node < model.count; node++) if (!model.isHidden(node)) found.add(show(node));
  return found.size;
}

/** Returns the edges that are shown, each with the numbers of the true ones that it stands for. */
function shownEdges(model, show) {
  const found = new Map();
  model.edges.forEach(([source, target], number) => {
    const a = show(source), b = show(target);
    if (a === b) return;
    const key = a * 4294967 + b;
    if (!found.has(key)) found.set(key, {source: a, target: b, edges: []});
    found.get(key).edges.push(number);
  });
  return [...found.values()];
}

const TITLE = 26, PAD = 14;

/** Returns the border of a frame with its title at the top, as `laidOut` takes it. */
function borderOf(direction, title) {
  const even = {above: PAD, below: PAD, left: PAD, right: PAD, wide: 0, high: 0}, top = TITLE + PAD / 2;
  if (direction === "TB") return {...even, above: top, wide: title};
  if (direction === "BT") return {...even, below: top, wide: title};
  return {...even, left: top, high: title};
}

const isSideways = direction => direction === "LR" || direction === "RL";
const NO_BORDER = {above: 0, below: 0, left: 0, right: 0, wide: 0, high: 0};

/** Lays out the graph with some containers open; `sizeOf` measures boxes and the titles of frames. */
function arranged(model, open, sizeOf) {
  const {direction} = model;
  const show = shownBy(model, open), edges = shownEdges(model, show), parts = new Map();
  const part = container => {
    if (!parts.has(container)) {
      const items = model.children(container).filter(each =>
        !model.isHidden(each) && (model.isNode(each) || open.has(each) || model.nodesIn(each).some(node => !model.isHidden(node))));
      parts.set(container, {
        items, place: new Map(items.map((item, place) => [item, place])),
        wires: [], known: new Map(), entries: new Map(), exits: new Map(),
      });
    }
    return parts.get(container);
  };
  const wire = (container, from, fromPort, to, toPort) => {
    const here = part(container), key = `${from}|${fromPort}|${to}|${toPort}`;
    if (!here.known.has(key)) {
      here.known.set(key, here.wires.length);
      here.wires.push({a: from, aPort: fromPort, b: to, bPort: toPort});
    }
    return [container, here.known.get(key)];
  };
  const port = (table, key) => { if (!table.has(key)) table.set(key, table.size); };
  for (const edge of edges) edge.route = route(edge);
  function route({source, target}) {
    const one = [...model.above(source)].reverse(), other = [...model.above(target)].reverse();
    let same = 0;
    while (same < one.length && same < other.length && one[same] === other[same]) same++;
    const found = [];
    let item = source, crossed = -1;
    for (const frame of one.slice(same).reverse()) {
      port(part(frame).exits, source);
      found.push(wire(frame, item, crossed, -1, source));
      item = frame;
      crossed = source;
    }
    const steps = [...other.slice(same), target];
    found.push(wire(same ? one[same - 1] : -1, item, crossed, steps[0], steps.length > 1 ? source : -1));
    other.slice(same).forEach((frame, k) => {
      port(part(frame).entries, source);
      found.push(wire(frame, -1, source, steps[k + 1], k + 2 < steps.length ? source : -1));
    });
    return found;
  }
  const frames = new Map();
  const lay = container => {
    const here = part(container);
    const sizes = here.items.map(item => {
      if (!open.has(item)) {
        const {w, h} = sizeOf(item, false);
        return isSideways(direction) ? {w: h, h: w} : {w, h};
      }
      lay(item);
      const inner = frames.get(item);
      return {w: inner.w, h: inner.h};
    });
    const end = (item, key, out) => {
      if (item >= 0) return here.place.get(item);
      return sizes.length + (out ? here.entries.size + here.exits.get(key) : here.entries.get(key));
    };
    const along = (item, key, out) => {
      if (item < 0 || key < 0 || !open.has(item)) return undefined;
      const inner = parts.get(item), laid = frames.get(item);
      return out ? laid.exits[inner.exits.get(key)] : laid.entries[inner.entries.get(key)];
    };
    const wires = here.wires.map(each => ({
      from: end(each.a, each.aPort, false), to: end(each.b, each.bPort, true),
      out: along(each.a, each.aPort, true), into: along(each.b, each.bPort, false),
    }));
    const border = container < 0 ? NO_BORDER : borderOf(direction, sizeOf(container, true).w);
    frames.set(container, laidOut(sizes, wires, here.entries.size, here.exits.size, border));
    here.sizes = sizes;
  };
  lay(-1);
  return turned(joined(model, open, edges, parts, frames), direction);
}

const MARGIN = 24;

/** Returns the whole picture of containers that are laid out. */
function joined(model, open, edges, parts, frames) {
  const scene = {boxes: [], copies: [], frames: [], edges: [], width: 0, height: 0};
  const corner = new Map([[-1, [MARGIN, MARGIN]]]);
  const go = container => {
    const here = parts.get(container), laid = frames.get(container), [left, top] = corner.get(container);
    here.items.forEach((item, place) => {
      const [x, y] = laid.centers[place], {w, h} = here.sizes[place];
      if (!open.has(item)) { scene.boxes.push([item, left + x, top + y, w, h]); return; }
      corner.set(item, [left + x - w / 2, top + y - h / 2]);
      scene.frames.push([item, left + x - w / 2, top + y - h / 2, w, h]);
      go(item);
    });
  };
  go(-1);
  for (const edge of edges) {
    const points = [];
    for (const [container, number] of edge.route) {
      const curve = frames.get(container).curves[number], [left, top] = corner.get(container);
      const moved = curve.map((value, k) => value + (k % 2 ? top : left));
      points.push(...(points.length ? moved.slice(2) : moved));
    }
    scene.edges.push([edge.source, edge.target, edge.edges, points]);
  }
  const whole = frames.get(-1);
  scene.width = whole.w + 2 * MARGIN;
  scene.height = whole.h + 2 * MARGIN;
  return scene;
}

/** Returns a picture whose edges lead downwards as one whose edges lead in a direction. */
function turned(scene, direction) {
  if (direction === "TB") return scene;
  const {width, height} = scene, sideways = isSideways(direction);
  const at = {
    BT: (x, y) => [x, height - y], LR: (x, y) => [y, x], RL: (x, y) => [height - y, x],
  }[direction];
  const size = (w, h) => sideways ? [h, w] : [w, h];
  const moved = points => {
    const found = [];
    for (let k = 0; k < points.length; k += 2) found.push(...at(points[k], points[k + 1]));
    return found;
  };
  const [wide, high] = size(width, height);
  return {
    ...scene,
    boxes: scene.boxes.map(([item, x, y, w, h]) => [item, ...at(x, y), ...size(w, h)]),
    frames: scene.frames.map(([item, left, top, w, h]) => {
      const [x, y] = at(left + w / 2, top + h / 2), [across, down] = size(w, h);
      return [item, x - across / 2, y - down / 2, across, down];
    }),
    edges: scene.edges.map(([source, target, edges, points]) => [source, target, edges, moved(points)]),
    width: wide,
    height: high,
  };
}
