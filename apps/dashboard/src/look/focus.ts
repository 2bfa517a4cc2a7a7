/** Where a keyboard and a screen reader go on after what they were on is gone. */
export function focusContent(): void {
  document.getElementById('main')?.focus();
}
