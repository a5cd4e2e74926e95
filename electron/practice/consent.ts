import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';

/**
 * Does what a person does who presses Allow: opens the consent page, chooses `email` where one is given, and sends the
 * form. Resolves to the redirect's address, with `code` and `state`. Rejects when the page refuses, and for addresses of
 * other servers.
 */
export async function consentByHttp(origin: string, authorizeUrl: string, email?: string): Promise<string> {
  const url = new URL(authorizeUrl);
  if (url.origin !== origin) throw new Error(`Not an address of this practice server: ${url.origin}`);
  const page = await send(url);
  const html = await text(page);
  const asked = /name="request" value="([^"]+)"/.exec(html)?.[1];
  if (page.statusCode !== 200 || asked === undefined) {
    const reason =
      /<p>([^<]*)<\/p>|"errorMessage":"([^"]*)"/.exec(html)?.slice(1).join('') ?? 'no consent form';
    throw new Error(`The consent page answered ${page.statusCode}: ${reason}`);
  }
  const person: Record<string, string> = email === undefined ? {} : { person: email };
  const answer = await send(
    new URL('/oauth/authorize', origin),
    new URLSearchParams({ request: asked, choice: 'allow', ...person }),
  );
  answer.resume();
  const { location } = answer.headers;
  if (location === undefined) throw new Error(`Consent answered ${answer.statusCode} without a redirect`);
  return location;
}

/** Not by fetch: it brings a second HTTP client with its own WebAssembly, which V8 keeps for good. */
async function send(url: URL, form?: URLSearchParams): Promise<IncomingMessage> {
  const call = request(url, {
    agent: false,
    ...(form && {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded;charset=UTF-8' },
    }),
  });
  call.end(form?.toString());
  const [answer] = (await once(call, 'response')) as [IncomingMessage];
  return answer;
}
