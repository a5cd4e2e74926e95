import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const words = join(import.meta.dirname, '../../../../shared/words');

/** What stands in labels, said by a process of its own: the language of the system is known from its start. */
const program = `
  const { durationWords } = await import('${words}/durations.ts');
  const { clockTime } = await import('${words}/clock.ts');
  const now = Date.UTC(2026, 0, 15);
  const times = [8 * 3_600_000, 30 * 3_600_000, 90 * 3_600_000, 60 * 86_400_000].map((ms) => clockTime(now + ms, now));
  const lengths = [38_000, 42 * 60_000, 80 * 60_000].flatMap((ms) => [durationWords(ms), durationWords(ms, 'long')]);
  console.log(JSON.stringify([new Intl.NumberFormat().resolvedOptions().locale, ...times, ...lengths]));
`;

// Elsewhere no variable says what the system speaks.
it.skipIf(process.platform !== 'linux').each(['ar_EG', 'fa_IR', 'th_TH', 'tr_TR', 'hi_IN'])(
  'where the system speaks %s, times and lengths are English, with its digits',
  (locale) => {
    const env = { ...process.env, LC_ALL: `${locale}.UTF-8`, TZ: 'UTC' };
    const told = execFileSync(process.execPath, ['--input-type=module', '-e', program], {
      env,
      encoding: 'utf8',
    });
    const [system, ...said] = JSON.parse(told);
    expect(system).toBe(locale.replace('_', '-'));
    for (const one of said) expect(one).toMatch(/^[a-zA-Z]* ?[\d:]+[ \u202fa-zA-Z\d:]*$/);
    expect(said.slice(4)).toEqual([
      '38 sec',
      '38 seconds',
      '42 min',
      '42 minutes',
      '1 hr 20 min',
      '1 hour 20 minutes',
    ]);
  },
);
