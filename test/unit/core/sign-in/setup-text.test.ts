import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readSetup, writeSetupFile, writeSetupLine } from '../../../../electron/core/sign-in/setup-text.ts';
import { redirectProblem } from '../../../../shared/redirects.ts';
import { setup, setups } from '../../../support/setups.ts';

const json = (change: object) => JSON.stringify({ tallySetup: 1, ...setup, ...change });
const line = writeSetupLine(setup);

const secrets = fc.option(fc.string({ minLength: 1, maxLength: 500 }), { nil: undefined });

describe('a setup that is shared', () => {
  it('survives text and file and back, with its secret where that was put in', () => {
    fc.assert(
      fc.property(setups, secrets, (one, clientSecret) => {
        const given = { setup: one, ...(clientSecret !== undefined && { clientSecret }) };
        expect(readSetup(writeSetupLine(one, clientSecret))).toEqual({ ok: true, value: given });
        expect(readSetup(writeSetupFile(one, clientSecret))).toEqual({ ok: true, value: given });
      }),
    );
  });

  it('is one line of characters that every program leaves alone', () => {
    expect(line).toMatch(/^tally-setup:[\w-]+\.[0-9a-f]{8}$/);
  });

  it('holds no secret that was not given', () => {
    expect(readSetup(line)).toEqual({ ok: true, value: { setup } });
    expect(writeSetupFile(setup)).not.toContain('ecret');
  });

  it.each([
    ['words around it', `Here it is:\n\n${line}\n\nCheers, Robin`],
    ['the same line', `Setup: ${line} (Robin’s)`],
    ['wrapped lines', line.replace(/(.{60})/g, '$1\r\n')],
  ])('is found with %s', (_, text) => {
    expect(readSetup(text)).toEqual({ ok: true, value: { setup } });
  });
});

describe('what is no setup', () => {
  it.each([
    ['nothing', '', 'There is no setup in this.'],
    ['words', 'hello', 'There is no setup in this.'],
    ['an address of another sign-in', 'http://127.0.0.1/tally?code=x&state=y', 'There is no setup in this.'],
    ['another JSON', '{"a":1}', 'There is no setup in this.'],
    ['a list', '[1]', 'There is no setup in this.'],
    ['a million letters', 'x'.repeat(1_000_000), 'This is too long for a setup.'],
    ['a line that is cut off', line.slice(0, -20), 'cut off'],
    ['a line without its checksum', line.slice(0, -9), 'cut off'],
    ['a line with a letter changed', line.replace(/:./, ':A'), 'cut off'],
    ['two setups', `${line}\n${line}`, 'There are two setups in this text.'],
    ['another version', json({ tallySetup: 2 }), 'another version'],
    ['unknown parts', json({ tokenUrl: 'https://x.example', other: 1 }), 'know: tokenUrl, other.'],
    ['a foreign cloud', json({ cloud: 'https://evil.example' }), 'a Zoom that Tally doesn’t know'],
    ['no cloud', json({ cloud: undefined }), 'a Zoom that Tally doesn’t know'],
    ['a client id with spaces', json({ clientId: 'a b' }), 'client ID of this setup can’t be right'],
    ['http to elsewhere', json({ redirectUri: 'http://evil.example/x' }), 'redirect address'],
    ['localhost', json({ redirectUri: 'http://localhost/tally' }), 'redirect address'],
    ['a scheme of its own', json({ redirectUri: 'tally://x' }), 'redirect address'],
    ['scopes that are none', json({ scopes: ['<b>'] }), 'The scopes'],
    ['a yes that is none', json({ isPublic: 'yes' }), 'isn’t whole'],
    ['a prototype', '{"tallySetup":1,"__proto__":{"cloud":"commercial"}}', 'parts that Tally doesn’t know'],
  ])('%s is told in a sentence', (_, text, words) => {
    const read = readSetup(text);
    expect(read).toMatchObject({ ok: false, error: { kind: 'invalid-input' } });
    expect(JSON.stringify(read)).toContain(words);
    expect(JSON.stringify(read).length).toBeLessThan(500);
  });

  it('leads nowhere but to a Zoom of ours, and back to this computer or to https', () => {
    const odd = fc.oneof(fc.string(), fc.webUrl(), fc.jsonValue(), fc.constant(undefined));
    const change = fc.dictionary(
      fc.constantFrom(
        'cloud',
        'clientId',
        'redirectUri',
        'scopes',
        'isPublic',
        'clientSecret',
        'tallySetup',
        'x',
      ),
      odd,
      { maxKeys: 3 },
    );
    const hostile = fc.oneof(fc.string(), fc.json(), change.map(json));
    fc.assert(
      fc.property(hostile, (text) => {
        const read = readSetup(text);
        if (!read.ok) {
          expect(read.error.what).toMatch(/^[A-Z].*\.$/);
          return;
        }
        const { cloud, clientId, redirectUri } = read.value.setup;
        expect(['commercial', 'government']).toContain(cloud);
        expect(clientId).toMatch(/^[\w.-]{1,200}$/);
        expect(redirectProblem(redirectUri)).toBeUndefined();
      }),
      { numRuns: 2_000 },
    );
  });
});
