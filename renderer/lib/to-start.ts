/** Scrolls the screen around an element to its beginning; where the window is too small for that, all of the page. */
export function toStart(inside: Element | null): void {
  inside?.closest('main')?.scrollTo(0, 0);
  window.scrollTo(0, 0);
}
