export const en = {
  close: 'Close',
  undo: 'Undo',
  dismiss: 'Dismiss',
  copy: 'Copy',
  copied: 'Copied',
  notifications: 'Notifications',
} as const;
