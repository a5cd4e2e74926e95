import { afterEach, describe, expect, it, vi } from 'vitest';

/** The language as it is where Tally was started with `TALLY_LANG=lang`. */
async function speaking(lang: string) {
  vi.resetModules();
  vi.stubEnv('TALLY_LANG', lang);
  return import('../../../../shared/words/language.ts');
}

const table = {
  greeting: 'Welcome to Tally',
  remove: (name: string) => `Remove ${name}?`,
  by: { hour: (count: number) => `${count} hours` },
};

describe('the language of words', () => {
  afterEach(() => vi.unstubAllEnvs());

  it('is English as it is written, and so for a language that nobody knows', async () => {
    expect((await speaking('')).words(table)).toBe(table);
    const { spoken, words } = await speaking('xx');
    expect(words(table).greeting).toBe('Welcome to Tally');
    expect(spoken('Not set')).toBe('Not set');
  });

  it('is longer, and has no plain letter, in the pseudo-locale', async () => {
    const { words } = await speaking('x-long');
    const { greeting, by } = words(table);
    expect(greeting).toBe('Ŵééļçóóɱéé ŧóó Ŧááļļý');
    expect(by.hour(3)).toBe('3 ĥóóúúŕš');
  });

  it('leaves the values in a text as they are, apart from its words, whatever they hold', async () => {
    const { words } = await speaking('x-long');
    expect(words(table).remove('move')).toBe('Ŕéé\u2068move\u2069 \u2068move\u2069?');
    expect(words(table).remove('Ann (a.b)')).toBe('Ŕééɱóóṽéé \u2068Ann (a.b)\u2069?');
    expect(words(table).remove('42')).toBe('Ŕééɱóóṽéé 42?');
  });

  it('does not change twice what was made of its own words', async () => {
    const { spoken, words } = await speaking('x-long');
    const { greeting, remove } = words(table);
    expect(spoken(greeting)).toBe(greeting);
    expect(remove(greeting)).toBe(`Ŕééɱóóṽéé ${greeting}?`);
  });

  it('tells names by their quotes or isolation in what was made elsewhere', async () => {
    const { spoken } = await speaking('x-long');
    expect(spoken('No “Beach” in \u2068Home\u2069')).toBe('Ñóó \u2068“Beach”\u2069 ííñ \u2068Home\u2069');
  });

  it('has a form for one and for more', async () => {
    const { plural } = await speaking('');
    const files = (count: number) => plural(count, { one: `${count} file`, other: `${count} files` });
    expect([0, 1, 2, 21].map(files)).toEqual(['0 files', '1 file', '2 files', '21 files']);
  });
});
