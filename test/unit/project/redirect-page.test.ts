import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { portRedirect } from '../../../shared/redirects.ts';

const html = readFileSync('docs/redirect-page/index.html', 'utf8');
const inner = (tag: string) => new RegExp(`<${tag}>([\\s\\S]*?)</${tag}>`).exec(html)?.[1] ?? '';
const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

describe('the page for the way back by https', () => {
  it('leads to where Tally listens, and nowhere else', () => {
    expect(inner('script')).toContain(portRedirect);
    expect(html.match(/https?:\/\/[^\s`"'<]+/g)?.filter((found) => !found.startsWith(portRedirect))).toEqual(
      [],
    );
  });

  it('may do nothing but what is written in it', () => {
    const policy = /Content-Security-Policy" content="([^"]+)"/.exec(html)?.[1];
    expect(policy).toBe(
      `default-src 'none'; style-src ${hash(inner('style'))}; script-src ${hash(inner('script'))}; base-uri 'none'; form-action 'none'`,
    );
    expect(html).not.toMatch(/ (?:src|href|on\w+)=/);
  });
});
