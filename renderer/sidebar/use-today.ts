import { useEffect, useState } from 'react';

/** A moment of the present day; changes at midnight, so that "Today" stays true overnight. */
export function useToday(): number {
  const [nowMs, setNowMs] = useState(Date.now);
  useEffect(() => {
    const midnight = new Date(nowMs).setHours(24, 0, 0, 0);
    const check = (): void => setNowMs((before) => (Date.now() >= midnight ? Date.now() : before));
    const timer = setTimeout(check, midnight - Date.now() + 50);
    // A timer does not run while the machine sleeps.
    document.addEventListener('visibilitychange', check);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', check);
    };
  }, [nowMs]);
  return nowMs;
}
