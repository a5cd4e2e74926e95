import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { inClaimTurn } from '../../../electron/desktop/claim-turn.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tally-turn-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const hold = (owner: string): void => symlinkSync(owner, join(folder, 'claiming'));

test('a claim is made at once where nobody else claims, and leaves nothing', async () => {
  expect(await inClaimTurn(folder, () => readdirSync(folder))).toEqual(['claiming']);
  expect(readdirSync(folder)).toEqual([]);
});

test('a claim that fails gives its turn back', async () => {
  const failing = inClaimTurn(folder, () => {
    throw new Error('no lock');
  });
  await expect(failing).rejects.toThrow('no lock');
  expect(readdirSync(folder)).toEqual([]);
});

test('the second claim waits until the first is through', async () => {
  hold(String(process.pid));
  const order: string[] = [];
  const second = inClaimTurn(folder, () => order.push('second'));
  await new Promise((resolve) => setImmediate(resolve));
  order.push('first');
  rmSync(join(folder, 'claiming'));
  await second;
  expect(order).toEqual(['first', 'second']);
});

test('a turn whose process is gone is passed over', async () => {
  hold(String(spawnSync('true').pid));
  expect(await inClaimTurn(folder, () => 'claimed')).toBe('claimed');
  expect(readdirSync(folder)).toEqual([]);
});

test('a process that keeps its turn does not keep Tally from starting', async () => {
  hold(String(process.pid));
  expect(await inClaimTurn(folder, () => 'claimed')).toBe('claimed');
  expect(readdirSync(folder)).toEqual([]);
});

test.each([
  ['a link to no number', () => hold('nobody')],
  ['a file', () => writeFileSync(join(folder, 'claiming'), 'x')],
  ['a folder', () => mkdirSync(join(folder, 'claiming'))],
])('%s in its place is passed over', async (_what, put) => {
  put();
  expect(await inClaimTurn(folder, () => 'claimed')).toBe('claimed');
});

test('at the first start the folder is made for the turn, for its owner alone', async () => {
  const fresh = join(folder, 'config', 'Tally');
  expect(await inClaimTurn(fresh, () => readdirSync(fresh))).toEqual(['claiming']);
  expect(statSync(fresh).mode & 0o777).toBe(0o700);
});

test('where no folder can be, the claim is made all the same', async () => {
  writeFileSync(join(folder, 'file'), '');
  expect(await inClaimTurn(join(folder, 'file'), () => 'claimed')).toBe('claimed');
  expect(await inClaimTurn(join(folder, 'file', 'Tally'), () => 'claimed')).toBe('claimed');
});
