export const en = {
  name: 'Clawdbot',
} as const;
