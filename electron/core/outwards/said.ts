import { withoutTokens } from '../../../shared/zoom/secrets.ts';

/** Most characters that are shown. */
const most = 2_000;

const login = /(?<=\/\/)[^\s/@]{1,500}(?=@)/g;
const named =
  /((?:pass(?:word|wd|code|phrase)?|secret|token|api[-_]?key|authorization)["']?\s{0,5}[:=]\s{0,5})[^\r\n]+/gi;
// biome-ignore lint/suspicious/noControlCharactersInRegex: what colors a terminal begins with one
const terminal = /\u001b\[[0-9;]{0,50}[A-Za-z]/g;
const unseen = /[^\P{C}\n\t]/gu;

/** The last of what a program said, as it may be shown: without passwords, tokens and what is meant for terminals. */
export function saidOf(text: string): string {
  const plain = text.replace(terminal, '').replaceAll('\r\n', '\n').replace(unseen, '');
  const harmless = withoutTokens(plain, '…').replace(login, '…').replace(named, '$1…');
  return harmless.slice(-most).trim();
}
