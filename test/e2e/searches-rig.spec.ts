import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { copyElsewhere, pastedFromBoth } from '../support/desktop/clipboard.ts';
import { expect, test } from '../support/desktop/tally.ts';

test('what a program has copied that is gone is kept, until it is cleared or copied over', async ({
  keeper,
}) => {
  keeper.forget();
  expect(await keeper.kept()).toEqual([]);
  for (const selection of ['clipboard', 'primary']) {
    // It stays until one other has pasted, which is the one who keeps.
    const args = ['-selection', selection, '-quiet', '-loops', '1', '-i'];
    const program = execFile('xclip', args);
    program.stdin?.end(`milk in the ${selection}`);
    await once(program, 'exit');
  }
  expect(await pastedFromBoth()).toEqual(['', '']);
  expect(await keeper.kept()).toEqual(['milk in the clipboard', 'milk in the primary']);
  await copyElsewhere('bread');
  expect(await keeper.kept()).toEqual(['bread', 'milk in the primary']);
  await copyElsewhere('');
  expect(await keeper.kept()).toEqual(['', 'milk in the primary']);
  keeper.forget();
  expect(await keeper.kept()).toEqual([]);
});
