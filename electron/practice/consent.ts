/**
 * Does what a person does who presses Allow: opens the consent page, chooses `email` where one is given, and sends the
 * form. Resolves to the redirect's address, with `code` and `state`. Rejects when the page refuses, and for addresses of
 * other servers.
 */
export async function consentByHttp(origin: string, authorizeUrl: string, email?: string): Promise<string> {
  const url = new URL(authorizeUrl);
  if (url.origin !== origin) throw new Error(`Not an address of this practice server: ${url.origin}`);
  const page = await fetch(url, { redirect: 'manual' });
  const html = await page.text();
  const request = /name="request" value="([^"]+)"/.exec(html)?.[1];
  if (!page.ok || request === undefined) {
    const reason =
      /<p>([^<]*)<\/p>|"errorMessage":"([^"]*)"/.exec(html)?.slice(1).join('') ?? 'no consent form';
    throw new Error(`The consent page answered ${page.status}: ${reason}`);
  }
  const person: Record<string, string> = email === undefined ? {} : { person: email };
  const answer = await fetch(new URL('/oauth/authorize', origin), {
    method: 'POST',
    body: new URLSearchParams({ request, choice: 'allow', ...person }),
    redirect: 'manual',
  });
  await answer.arrayBuffer();
  const location = answer.headers.get('location');
  if (location === null) throw new Error(`Consent answered ${answer.status} without a redirect`);
  return location;
}
