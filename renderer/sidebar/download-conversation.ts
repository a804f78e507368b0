/** Lets the browser save one conversation; the host writes the file while it is being saved. */
export function downloadConversation(conversationId: string, format: 'json' | 'markdown'): void {
  const link = document.createElement('a');
  link.href = `/export?format=${format}&conversation=${encodeURIComponent(conversationId)}`;
  link.download = '';
  link.click();
}
