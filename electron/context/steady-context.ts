/** A context has to become this much longer before a conversation is planned anew for it. */
const worthwhileGrowth = 1.5;
/** A shorter one is not used to its last token, so that the next small loss changes nothing. */
const keptOfShorter = 0.85;

/**
 * The context a conversation is planned for. What a model may hold comes and goes with the free memory; were every prompt
 * planned for just that, its beginning would change each time and be read again.
 *
 * @param planned what the prompt before it was planned for
 * @param possible what the model can hold now
 */
export function steadyContext(planned: number | undefined, possible: number): number {
  if (planned === undefined || possible >= planned * worthwhileGrowth) return possible;
  return possible >= planned ? planned : Math.floor(possible * keptOfShorter);
}
