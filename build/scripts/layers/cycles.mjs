/**
 * Groups of files that import each other in a circle, each as one circle through it: `[a, b, a]`.
 *
 * @param {ReadonlyMap<string, readonly string[]>} graph file to the files it imports
 * @returns {string[][]}
 */
export function findCycles(graph) {
  return stronglyConnected(graph)
    .map((group) => shortestCircle(graph, group))
    .filter((circle) => circle !== null);
}

/**
 * Tarjan's algorithm, with a stack of its own so that a long chain of imports does not exhaust the call stack.
 *
 * @param {ReadonlyMap<string, readonly string[]>} graph
 * @returns {string[][]}
 */
function stronglyConnected(graph) {
  /** @type {Map<string, { index: number, low: number, onStack: boolean }>} */
  const seen = new Map();
  /** @type {string[]} */
  const stack = [];
  /** @type {string[][]} */
  const groups = [];
  /** @param {string} file */
  const enter = (file) => {
    const state = { index: seen.size, low: seen.size, onStack: true };
    seen.set(file, state);
    stack.push(file);
    return { file, state, next: 0 };
  };
  for (const start of graph.keys()) {
    if (seen.has(start)) continue;
    const calls = [enter(start)];
    for (let call = calls.at(-1); call !== undefined; call = calls.at(-1)) {
      const target = graph.get(call.file)?.[call.next];
      call.next += 1;
      if (target !== undefined) {
        const known = seen.get(target);
        if (known === undefined) calls.push(enter(target));
        else if (known.onStack) call.state.low = Math.min(call.state.low, known.index);
        continue;
      }
      calls.pop();
      const caller = calls.at(-1);
      if (caller !== undefined) caller.state.low = Math.min(caller.state.low, call.state.low);
      if (call.state.low !== call.state.index) continue;
      const group = stack.splice(stack.indexOf(call.file));
      for (const file of group) {
        const state = seen.get(file);
        if (state !== undefined) state.onStack = false;
      }
      groups.push(group);
    }
  }
  return groups;
}

/**
 * @param {ReadonlyMap<string, readonly string[]>} graph
 * @param {readonly string[]} group
 * @returns {string[] | null} null where the group is a single file that does not import itself
 */
function shortestCircle(graph, group) {
  const start = [...group].toSorted()[0] ?? '';
  const inside = new Set(group);
  /** @type {Map<string, string>} */
  const cameFrom = new Map();
  const queue = [start];
  for (let file = queue.shift(); file !== undefined; file = queue.shift()) {
    for (const target of graph.get(file) ?? []) {
      if (target === start) return [...pathTo(cameFrom, start, file), start];
      if (!inside.has(target) || cameFrom.has(target)) continue;
      cameFrom.set(target, file);
      queue.push(target);
    }
  }
  return null;
}

/**
 * @param {ReadonlyMap<string, string>} cameFrom
 * @param {string} start
 * @param {string} end
 */
function pathTo(cameFrom, start, end) {
  const path = [end];
  for (let file = end; file !== start;) {
    file = cameFrom.get(file) ?? start;
    path.unshift(file);
  }
  return path;
}
