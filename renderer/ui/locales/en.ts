export const en = {
  close: 'Close',
  cancel: 'Cancel',
  undo: 'Undo',
  dismiss: 'Dismiss',
  copy: 'Copy',
  copied: 'Copied',
  notifications: 'Notifications',
  today: 'Today',
  yesterday: 'Yesterday',
} as const;
