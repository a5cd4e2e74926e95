import { expect, it } from 'vitest';
import { directionOf } from '../../../../renderer/lib/direction.ts';

it.each([
  ['عبد الرحمن', 'rtl'],
  ['(1) שלום', 'rtl'],
  ['Robin עם', 'auto'],
  ['123', 'auto'],
  ['', 'auto'],
])('the direction of %j is %s', (text, direction) => {
  expect(directionOf(text)).toBe(direction);
});
