/** The first `count` of an endless row of things. */
export function take<T>(things: Iterable<T>, count: number): T[] {
  const taken: T[] = [];
  if (count === 0) return taken;
  for (const thing of things) {
    taken.push(thing);
    if (taken.length === count) break;
  }
  return taken;
}
