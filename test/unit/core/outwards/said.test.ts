import { expect, it } from 'vitest';
import { saidOf } from '../../../../electron/core/outwards/said.ts';

it.each([
  ['no lamp\r\nat the door\n', 'no lamp\nat the door'],
  ['\u001b[31mred\u001b[0m\u0007 alert', 'red alert'],
  ['https://me:hunter2@host/path', 'https://…@host/path'],
  ['password: hunter2', 'password: …'],
  ['{"api_key": "hunter2"}', '{"api_key": …'],
  ['LAMP_TOKEN=hunter2\nnext', 'LAMP_TOKEN=…\nnext'],
  ['Authorization: Basic aHVudGVyMg==', 'Authorization: …'],
  ['sent Bearer hunter2.hunter2', 'sent …'],
])('%j is shown as %j', (text, shown) => {
  expect(saidOf(text)).toBe(shown);
});

it('shows the end of a long text', () => {
  expect(saidOf(`${'a'.repeat(5_000)} the end`)).toMatch(/^a{1992} the end$/);
});
