/** Leaves out the longest of `unwanted` that a text begins with; the result does not depend on the pieces. */
export function createStartTrimmer(unwanted: readonly string[]): { push(text: string): string; end(): string } {
  const wanted = unwanted.filter((text) => text !== '');
  let held: string | undefined = wanted.length === 0 ? undefined : '';

  const release = (): string => {
    const text = held ?? '';
    held = undefined;
    const cut = wanted
      .filter((start) => text.startsWith(start))
      .reduce((most, start) => Math.max(most, start.length), 0);
    return text.slice(cut);
  };

  return {
    push(text) {
      if (held === undefined) return text;
      held += text;
      const beginning = held;
      const undecided = wanted.some((start) => start.length > beginning.length && start.startsWith(beginning));
      return undecided ? '' : release();
    },
    end: release,
  };
}
