import type { Answer } from './answers.ts';
import { exchange, type PracticeApp } from './exchange.ts';
import { escapeHtml, pageAnswer, problemPage } from './html.ts';
import type { World } from './world.ts';

/** Puts the page at which a start link ends. It says whose meeting would start, and with whose token. */
export function mountMeetings(app: PracticeApp, world: World): void {
  app.get('/s/:id', (c) =>
    exchange(c, world, {
      read: async () => undefined,
      produce: async () => start(world, c.req.param('id'), c.req.query('zak') ?? ''),
    }),
  );
}

function start(world: World, id: string, token: string): Answer {
  const host = world.people.find(({ pmi }) => String(pmi) === id);
  if (!host) return problemPage(3001, 'There is no such meeting.');
  const { uid, exp } = claims(token);
  if (uid !== host.id) return problemPage(124, 'This is not a token of the host.');
  if (Number(exp) * 1000 <= world.clock.now()) return problemPage(124, 'The token has expired.');
  return pageAnswer(
    200,
    'Practice meeting',
    `<p>The meeting of ${escapeHtml(host.displayName)} would start now.</p>`,
  );
}

function claims(token: string): { readonly uid?: unknown; readonly exp?: unknown } {
  try {
    const found: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'));
    return typeof found === 'object' && found !== null ? found : {};
  } catch {
    return {};
  }
}
