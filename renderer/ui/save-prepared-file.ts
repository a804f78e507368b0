/** Lets the browser, or the desktop's window, save a file that the host holds ready under a ticket. */
export function savePreparedFile({ ticket, name }: { readonly ticket: string; readonly name: string }): void {
  const link = document.createElement('a');
  link.href = `/export?ticket=${encodeURIComponent(ticket)}`;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
}
