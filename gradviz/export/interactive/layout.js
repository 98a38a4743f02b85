// Layouts of one container: its items in rows, and the lines between them, which lead downwards. The
// picture is turned as a whole where they lead elsewhere.
//
// An item is {w, h}. A wire runs from item `from` to item `to`; a number from items.length on is an
// entry of the container, and after the entries an exit. `out` and `into` tell how far along the
// border of a frame a wire leaves and enters, where it is one of a frame.

const GAP = 22, ROW = 36, PORT = 2, SWEEPS = 8, PASSES = 24;

/** Returns the rank of each item: wires lead downwards, but for those that close a cycle. */
function ranksOf(count, wires) {
  const after = Array.from({length: count}, () => []), before = Array(count).fill(0);
  const colour = new Uint8Array(count), down = [];
  for (const wire of wires) if (wire.from !== wire.to) after[wire.from].push(wire);
  for (let start = 0; start < count; start++) {
    if (colour[start]) continue;
    const stack = [[start, 0]];
    colour[start] = 1;
    while (stack.length) {
      const top = stack[stack.length - 1], wire = after[top[0]][top[1]++];
      if (!wire) { colour[top[0]] = 2; stack.pop(); continue; }
      if (colour[wire.to] === 1) continue;
      down.push(wire);
      if (!colour[wire.to]) { colour[wire.to] = 1; stack.push([wire.to, 0]); }
    }
  }
  const next = Array.from({length: count}, () => []), rank = Array(count).fill(0);
  for (const wire of down) { next[wire.from].push(wire.to); before[wire.to]++; }
  const ready = [];
  for (let item = 0; item < count; item++) if (!before[item]) ready.push(item);
  const first = new Set(ready);
  for (let place = 0; place < ready.length; place++) {
    for (const item of next[ready[place]]) {
      rank[item] = Math.max(rank[item], rank[ready[place]] + 1);
      if (!--before[item]) ready.push(item);
    }
  }
  // Inputs and parameters are beside the first item that uses them.
  for (const item of first) {
    if (next[item].length) rank[item] = Math.min(...next[item].map(each => rank[each])) - 1;
  }
  return rank;
}

/** Returns places that differ from the wanted ones as little as the distances between them allow. */
function spread(wanted, weights, apart) {
  const blocks = [];
  let offset = 0;
  for (let place = 0; place < wanted.length; place++) {
    if (place) offset += apart[place - 1];
    let block = {at: wanted[place] - offset, weight: weights[place], count: 1};
    while (blocks.length && blocks[blocks.length - 1].at > block.at) {
      const last = blocks.pop(), weight = last.weight + block.weight;
      block = {
        at: (last.at * last.weight + block.at * block.weight) / weight,
        weight, count: last.count + block.count,
      };
    }
    blocks.push(block);
  }
  const found = [];
  offset = 0;
  for (const block of blocks) {
    for (let each = 0; each < block.count; each++) {
      if (found.length) offset += apart[found.length - 1];
      found.push(block.at + offset);
    }
  }
  return found;
}

/**
 * Lays out one container; returns its size, the centres of its items, the ports and the curves.
 *
 * `border` has the room around the items: `above`, `below`, `left` and `right`; and the least width
 * and height of it all: `wide` and `high`.
 */
function laidOut(items, wires, entries, exits, border) {
  const total = items.length + entries + exits;
  const inner = wires.filter(wire => wire.from < items.length && wire.to < items.length);
  const rank = ranksOf(items.length, inner);
  const low = Math.min(0, ...rank), high = Math.max(0, ...rank);
  for (let port = 0; port < entries; port++) rank.push(low - 1);
  for (let port = 0; port < exits; port++) rank.push(high + 1);
  const top = entries ? low - 1 : low;
  const points = [], rows = Array.from({length: high + 2 - top}, () => []);
  const add = (w, h, row, item) => {
    points.push({w, h, row, item, x: 0, up: [], down: [], place: 0});
    rows[row].push(points.length - 1);
    return points.length - 1;
  };
  for (let item = 0; item < total; item++) {
    const size = item < items.length ? items[item] : {w: PORT, h: PORT};
    add(size.w, size.h, rank[item] - top, item);
  }
  const offset = (wire, end) => {
    const at = end ? wire.into : wire.out, item = items[end ? wire.to : wire.from];
    return at === undefined || !item ? 0 : at - item.w / 2;
  };
  // Lines from one place share their way as long as they run side by side.
  const shared = new Map(), ways = [];
  for (const wire of wires) {
    const a = points[wire.from].row, b = points[wire.to].row, way = [wire.from];
    let before = wire.from;
    if (b > a) {
      for (let row = a + 1; row < b; row++) {
        const key = `${wire.from}|${wire.out}|${row}`;
        if (!shared.has(key)) {
          const made = add(PORT, 0, row, -1);
          link(before, made, before === wire.from ? offset(wire, 0) : 0, 0);
          shared.set(key, made);
        }
        before = shared.get(key);
        way.push(before);
      }
      link(before, wire.to, before === wire.from ? offset(wire, 0) : 0, offset(wire, 1));
    }
    way.push(wire.to);
    ways.push(way);
  }
  function link(a, b, from, to) {
    points[a].down.push([b, to - from]);
    points[b].up.push([a, from - to]);
  }
  ordered(rows, points);
  placed(rows, points);
  return finished(items, wires, ways, rows, points, entries, exits, border);
}

function crossings(rows, points) {
  let found = 0;
  for (const row of rows) {
    const ends = [];
    for (const each of row) {
      const below = points[each].down.map(([other]) => points[other].place).sort((a, b) => a - b);
      for (const at of below) {
        for (let k = ends.length - 1; k >= 0; k--) if (ends[k] > at) found++;
        if (ends.length > 400) return found;
      }
      ends.push(...below);
    }
  }
  return found;
}

/** Orders each row so that few lines cross. */
function ordered(rows, points) {
  const number = () => rows.forEach(row => row.forEach((each, k) => { points[each].place = k; }));
  number();
  let best = rows.map(row => [...row]), fewest = crossings(rows, points);
  for (let sweep = 0; sweep < SWEEPS && fewest; sweep++) {
    const down = sweep % 2 === 0, order = down ? rows.keys() : [...rows.keys()].reverse();
    for (const k of order) {
      const mean = new Map();
      rows[k].forEach((each, place) => {
        const near = down ? points[each].up : points[each].down;
        const sum = near.reduce((all, [other]) => all + points[other].place, 0);
        mean.set(each, near.length ? sum / near.length : place);
      });
      rows[k].sort((a, b) => mean.get(a) - mean.get(b));
      rows[k].forEach((each, place) => { points[each].place = place; });
    }
    const now = crossings(rows, points);
    if (now < fewest) { fewest = now; best = rows.map(row => [...row]); }
  }
  best.forEach((row, k) => { rows[k] = row; });
  number();
}

/** Places each row so that lines run straight down where they can. */
function placed(rows, points) {
  const apart = rows.map(row => row.slice(1).map((each, k) =>
    (points[each].w + points[row[k]].w) / 2 + GAP));
  rows.forEach((row, k) => {
    let x = 0;
    row.forEach((each, place) => { points[each].x = place ? x += apart[k][place - 1] : 0; });
    row.forEach(each => { points[each].x -= x / 2; });
  });
  for (let pass = 0; pass < PASSES; pass++) {
    const down = pass % 2 === 0, order = down ? [...rows.keys()] : [...rows.keys()].reverse();
    for (const k of order) {
      const wanted = [], weights = [];
      for (const each of rows[k]) {
        const point = points[each];
        let near = pass >= PASSES - 2 ? [...point.up, ...point.down] : down ? point.up : point.down;
        if (!near.length) near = down ? point.down : point.up;
        // Bends of a long line are worse than those of a short one.
        const pull = other => (point.item < 0) + (points[other].item < 0) === 2 ? 8 : point.item < 0 ? 2 : 1;
        const all = near.reduce((sum, [other]) => sum + pull(other), 0);
        const mean = near.reduce((sum, [other, by]) => sum + pull(other) * (points[other].x + by), 0) / all;
        wanted.push(near.length ? mean : point.x);
        weights.push(near.length ? all : 0.05);
      }
      const found = spread(wanted, weights, apart[k]);
      rows[k].forEach((each, place) => { points[each].x = found[place]; });
    }
  }
}

function finished(items, wires, ways, rows, points, entries, exits, border) {
  const boxes = points.filter(point => point.item < items.length);
  let left = Math.min(...boxes.map(point => point.x - Math.max(point.w, PORT) / 2));
  let right = Math.max(...boxes.map(point => point.x + Math.max(point.w, PORT) / 2));
  if (!boxes.length) left = right = 0;
  const sides = border.left + border.right;
  const slack = Math.max(0, border.wide - (right - left) - sides) / 2;
  const width = right - left + sides + 2 * slack, dx = border.left + slack - left;
  let y = border.above;
  const tops = [], heights = [];
  rows.forEach((row, k) => {
    const high = Math.max(0, ...row.map(each => points[each].h));
    const isPorts = (entries && k === 0) || (k === rows.length - 1 && exits);
    tops.push(y);
    heights.push(isPorts ? 0 : high);
    if (row.length && !(isPorts && k === rows.length - 1)) y += (isPorts ? 0 : high) + (isPorts ? 8 : ROW);
  });
  const used = rows.map((row, k) => row.some(each => points[each].item >= 0 && points[each].item < items.length) ? k : -1);
  const last = Math.max(...used, 0);
  const filled = tops[last] + heights[last] + (exits ? 14 : 0) + border.below;
  const height = Math.max(filled, border.high);
  tops.forEach((top, k) => { tops[k] = top + (height - filled) / 2; });
  const middle = point => tops[point.row] + heights[point.row] / 2;
  const centers = items.map((_, item) => [points[item].x + dx, middle(points[item])]);
  const clamped = x => Math.min(Math.max(x, 8), Math.max(width - 8, 8));
  const ports = [];
  for (let port = 0; port < entries + exits; port++) {
    ports.push(clamped(points[items.length + port].x + dx));
  }
  const ends = endsOf(items, wires, points, dx, ports);
  const curves = wires.map((wire, number) => {
    const entry = wire.from >= items.length, exit = wire.to >= items.length;
    const from = points[wire.from], to = points[wire.to];
    const start = [ends[number][0], entry ? 0 : middle(from) + from.h / 2];
    const end = [ends[number][1], exit ? height : middle(to) - to.h / 2];
    const way = [start];
    for (const each of ways[number].slice(1, -1)) {
      const point = points[each], x = point.x + dx;
      way.push([x, tops[point.row] - 4]);
      if (heights[point.row] > 0) way.push([x, tops[point.row] + heights[point.row] + 4]);
    }
    way.push(end);
    return smooth(way);
  });
  return {w: width, h: height, centers, curves, entries: ports.slice(0, entries), exits: ports.slice(entries)};
}

/** Returns where each wire begins and ends: side by side where several meet one box. */
function endsOf(items, wires, points, dx, ports) {
  const found = wires.map(() => [0, 0]);
  for (const end of [0, 1]) {
    const at = new Map();
    wires.forEach((wire, number) => {
      const item = end ? wire.to : wire.from, fixed = end ? wire.into : wire.out;
      if (item >= items.length) found[number][end] = ports[item - items.length];
      else if (fixed !== undefined) found[number][end] = points[item].x + dx - items[item].w / 2 + fixed;
      else at.set(item, [...(at.get(item) || []), number]);
    });
    for (const [item, numbers] of at) {
      const other = number => points[end ? wires[number].from : wires[number].to].x;
      numbers.sort((a, b) => other(a) - other(b));
      const step = Math.min(26, items[item].w * 0.7 / numbers.length);
      numbers.forEach((number, k) => {
        found[number][end] = points[item].x + dx + (k - (numbers.length - 1) / 2) * step;
      });
    }
  }
  return found;
}

/** Returns the cubic Bezier segments through points, upright at each. */
function smooth(way) {
  const found = [...way[0]];
  for (let k = 1; k < way.length; k++) {
    const [x0, y0] = way[k - 1], [x1, y1] = way[k], bend = Math.max((y1 - y0) / 2, 6);
    found.push(x0, y0 + bend, x1, y1 - bend, x1, y1);
  }
  return found;
}
