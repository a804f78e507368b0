import { startTransition, useEffect, useState } from 'react';

/** False while a component is drawn for the first time, true as soon as there is time for what nobody waits for. */
export function useAfterPaint(): boolean {
  const [painted, setPainted] = useState(false);
  useEffect(() => startTransition(() => setPainted(true)), []);
  return painted;
}
