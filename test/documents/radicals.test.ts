import { expect, test } from 'vitest';

import { withoutRadicals } from '../../electron/documents/host/pdf/radicals.ts';

test('radicals become the characters that people write, and everything else stays', () => {
  expect(withoutRadicals('第⼆个⽉，⼤约三⼗⽶：ﬁ')).toBe('第二个月，大约三十米：ﬁ');
});
