const rightToLeft =
  /^[^\p{L}]*[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

/** The direction of a field that has a text from the start: of such, Chromium 114 takes `auto` for left to right. */
export function directionOf(text: string): 'rtl' | 'auto' {
  return rightToLeft.test(text) ? 'rtl' : 'auto';
}
