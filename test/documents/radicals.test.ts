import { expect, test } from 'vitest';

import { withoutRadicals } from '../../electron/documents/host/pdf/radicals.ts';

test('radicals become the characters that people write, and everything else stays', () => {
  expect(withoutRadicals('第⼆个⽉，⼤约三⼗⽶：ﬁ')).toBe('第二个月，大约三十米：ﬁ');
});

test('radicals that normalisation leaves alone become characters too', () => {
  expect(withoutRadicals('第3⻚，⻢⻋⻓⻔⻅⻰⻬⻩⺠')).toBe('第3页，马车长门见龙齐黄民');
});
