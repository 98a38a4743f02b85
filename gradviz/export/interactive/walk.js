// How far the recorded pass is at a cursor: below 0 forwards, at 0 the turn, above it backwards.

class Walk {
  constructor(model) {
    this.model = model;
    this.ran = new Map();
    this.arrivals = new Map();
    model.steps.forEach(([node, ...shown], place) => {
      if (!this.ran.has(node)) this.ran.set(node, place);
      for (let k = 0; k < shown.length; k += 2) {
        if (!this.arrivals.has(shown[k])) this.arrivals.set(shown[k], []);
        this.arrivals.get(shown[k]).push([place, shown[k + 1]]);
      }
    });
    this.computed = new Map(model.forward.map((node, place) => [node, place]));
    this.first = model.forward.length ? -model.forward.length - 1 : 0;
    this.last = model.steps.length;
    this.cursor = 0;
    this.leaving = new Map();
  }
  go(cursor) { this.cursor = Math.max(this.first, Math.min(cursor, this.last)); }
  get done() { return this.cursor - this.first; }
  get now() {
    if (this.cursor > 0) return this.model.steps[this.cursor - 1][0];
    return this.cursor < 0 && this.done ? this.model.forward[this.done - 1] : -1;
  }
  hasRun(node) { return (this.ran.get(node) ?? Infinity) < this.cursor; }
  /** Returns the place of the gradient that a node shows in the table of tensors, -1 for none. */
  gradient(node) {
    let found = -1;
    for (const [place, tensor] of this.arrivals.get(node) || []) {
      if (place >= this.cursor) break;
      found = tensor;
    }
    return found;
  }
  /** Returns the state of a node or container, and how many of its steps are taken. */
  state(item) {
    const model = this.model, nodes = model.nodesIn(item), now = this.now;
    let state = "idle", taken = 0, total = 0;
    const isIn = now >= 0 && (item === now || model.above(now).includes(item));
    const [table, limit] = this.cursor < 0 ? [this.computed, this.done] : [this.ran, this.cursor];
    for (const node of nodes) {
      const place = table.get(node);
      if (place !== undefined) { total++; if (place < limit) taken++; }
    }
    if (this.cursor < 0) state = isIn ? "now" : taken < total ? "coming" : "idle";
    else if (this.cursor > 0) state = isIn ? "now" : total && taken === total ? "done" : "idle";
    return {state, taken, total};
  }
  /** Returns the state of an edge that stands for true ones, and the text that it carries. */
  edge(numbers) {
    const model = this.model, now = this.now;
    if (this.cursor <= 0) {
      const fed = this.cursor < 0 && numbers.some(number => model.edges[number][1] === now);
      return {state: fed ? "fed" : "idle", chip: ""};
    }
    let sent = 0, received = 0, all = 0, just = false;
    const arriving = [];
    for (const number of numbers) {
      const [source, target, gradient] = model.edges[number];
      if (!gradient) continue;
      all++;
      if (!this.hasRun(target)) continue;
      sent++;
      if (this.hasRun(source)) received++;
      if (source === now) arriving.push(gradient);
      if (target === now) just = true;
    }
    if (!sent) return {state: "idle", chip: ""};
    if (arriving.length) {
      return {state: "now", chip: arriving.length > 1 ? said("{count} gradients", {count: arriving.length}) : arriving[0]};
    }
    if (just) return {state: "sent", chip: ""};
    return {state: received >= sent && sent === all ? "done" : "waiting", chip: ""};
  }
  get text() {
    if (this.cursor > 0) return said("backward step {step} of {count}", {step: this.cursor, count: this.last});
    if (this.cursor < 0) return said("forward step {step} of {count}", {step: this.done, count: this.model.forward.length});
    return said(this.last ? "forward pass done" : "no recorded pass");
  }
}
