export const en = {
  close: 'Close',
  cancel: 'Cancel',
  undo: 'Undo',
  dismiss: 'Dismiss',
  notifications: 'Notifications',
  today: 'Today',
  yesterday: 'Yesterday',
} as const;
