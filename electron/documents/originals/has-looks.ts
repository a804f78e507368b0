/** Whether a file of this format is shown as it looks, and not as the text that was read in it. */
export function hasLooks(format: string | null): boolean {
  return format === 'pdf' || format === 'image' || format === 'dicom';
}
