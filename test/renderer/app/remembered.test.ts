import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { createLayoutStore } from '../../../renderer/app/layout-store.ts';
import {
  readRemembered,
  sidebarLimitsPx,
  writeRemembered,
  type RememberedStorage,
} from '../../../renderer/app/remembered.ts';

function createStorage(first: string | null = null): RememberedStorage {
  let value = first;
  return { getItem: () => value, setItem: (_key, next) => void (value = next) };
}

describe('what a window remembers', () => {
  test('is the system look and a shown sidebar at first', () => {
    expect(readRemembered(createStorage())).toMatchObject({ theme: 'system', language: 'system', sidebarShown: true });
    expect(readRemembered(undefined)).toEqual(readRemembered(createStorage()));
  });

  test('comes back as it was written, piece by piece', () => {
    const storage = createStorage();
    writeRemembered(storage, { theme: 'dark' });
    writeRemembered(storage, { language: 'zh', sidebarWidthPx: 300 });
    expect(readRemembered(storage)).toMatchObject({
      theme: 'dark',
      language: 'zh',
      sidebarShown: true,
      sidebarWidthPx: 300,
    });
  });

  test('is sound whatever the storage holds', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        const found = readRemembered(createStorage(text));
        expect(['system', 'light', 'dark']).toContain(found.theme);
        expect(['system', 'en', 'zh']).toContain(found.language);
        expect(found.sidebarWidthPx).toBeGreaterThanOrEqual(sidebarLimitsPx.least);
        expect(found.sidebarWidthPx).toBeLessThanOrEqual(sidebarLimitsPx.most);
      }),
    );
  });

  test('does not stop a window whose storage is forbidden', () => {
    const forbidden: RememberedStorage = {
      getItem() {
        throw new Error('forbidden');
      },
      setItem() {
        throw new Error('forbidden');
      },
    };
    writeRemembered(forbidden, { theme: 'dark' });
    expect(readRemembered(forbidden).theme).toBe('system');
  });
});

describe('the layout', () => {
  test('keeps the sidebar hidden and as wide as it was in the next window', () => {
    const storage = createStorage();
    const first = createLayoutStore(storage);
    first.getState().toggleSidebar(false);
    first.getState().resize(333.4);
    expect(createLayoutStore(storage).getState()).toMatchObject({ sidebarShown: false, sidebarWidthPx: 333 });
  });

  test('keeps the sidebar within its limits', () => {
    const layout = createLayoutStore(createStorage());
    layout.getState().resize(5);
    expect(layout.getState().sidebarWidthPx).toBe(sidebarLimitsPx.least);
    layout.getState().resize(5_000);
    expect(layout.getState().sidebarWidthPx).toBe(sidebarLimitsPx.most);
  });

  test('opens it over a narrow window without changing the wide one', () => {
    const layout = createLayoutStore(createStorage());
    layout.getState().toggleSidebar(true);
    expect(layout.getState()).toMatchObject({ overlayShown: true, sidebarShown: true });
    layout.getState().closeOverlay();
    expect(layout.getState()).toMatchObject({ overlayShown: false, sidebarShown: true });
  });
});
