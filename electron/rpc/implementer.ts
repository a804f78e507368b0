import { implement } from '@orpc/server';

import { contract } from '../../shared/contract/index.ts';
import type { Log } from '../ports.ts';
import type { RpcContext } from './caller.ts';
import { toDeclaredError } from './translate-errors.ts';

/** The contract, ready to be given its handlers, with the translation of errors around each of them. */
export function createImplementer(log: Log) {
  return implement(contract)
    .$context<RpcContext>()
    .use(async ({ next, path }) => {
      const translate = (error: unknown) => toDeclaredError(error, path.join('.'), log);
      try {
        const result = await next();
        const output: unknown = result.output;
        return isIterator(output) ? { ...result, output: translateStream(output, translate) } : result;
      } catch (error) {
        throw translate(error);
      }
    });
}

export type Implementer = ReturnType<typeof createImplementer>;

function isIterator(value: unknown): value is AsyncIteratorObject<unknown, unknown, void> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value && 'next' in value;
}

/** A stream fails after its call has answered, so its errors pass here. */
function translateStream(
  source: AsyncIteratorObject<unknown, unknown, void>,
  translate: (error: unknown) => Error,
): AsyncIteratorObject<unknown, unknown, void> {
  return {
    async next() {
      try {
        return await source.next();
      } catch (error) {
        throw translate(error);
      }
    },
    async return() {
      await source.return?.();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
    async [Symbol.asyncDispose]() {
      await source.return?.();
    },
  };
}
