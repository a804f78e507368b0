import { z } from 'zod';

// What the second process hands to the first; it comes from another process, so it is parsed.
const secondStartSchema = z.object({ args: z.array(z.string().max(10_000)).max(200) });

export type SecondStart = z.infer<typeof secondStartSchema>;

export function trySecondStart(data: unknown): SecondStart | undefined {
  return secondStartSchema.safeParse(data).data;
}

/** Whether the person asked the second start for something that the running app does not do already. */
export function optionsIgnored(running: readonly string[], second: readonly string[]): boolean {
  return second.length > 0 && JSON.stringify(running) !== JSON.stringify(second);
}
