import type { SignInApp, SignInView } from '../../../shared/accounts.ts';
import { type TallyError, tallyError } from '../../../shared/errors.ts';
import { listeningAt, wayBack } from '../../../shared/redirects.ts';
import { zoomPageOf } from '../../../shared/zoom-pages.ts';
import { createAlarm } from '../lib/alarm.ts';
import { createLatest } from '../lib/latest.ts';
import type { Browser, CallbackPage, Clock, Listener } from '../ports.ts';
import type { BegunSignIn, Tokens, ZoomOauth } from './oauth.ts';
import { pageErrors } from './page-errors.ts';

/** A sign-in is given up after this long, in ms: as long as Zoom's code lives. */
const patience = 5 * 60_000;

interface SignInRequest {
  readonly oauth: ZoomOauth;
  readonly app: SignInApp;
  /** As registered at Zoom. */
  readonly redirectUri: string;
  /** Makes an account of the tokens; `waiting` is told that the keychain takes its time. Resolves with what went wrong. */
  adopt(tokens: Tokens, waiting: () => void): Promise<TallyError | undefined>;
}

export interface SignInDeps {
  readonly clock: Clock;
  readonly browser: Browser;
  changed(): void;
}

interface Running {
  readonly request: SignInRequest;
  readonly flow: BegunSignIn;
  readonly listener: Listener | undefined;
}

/** A sign-in in the system's browser (RFC 8252), one at a time. */
export function createSignIn(deps: SignInDeps) {
  const { clock, browser } = deps;
  let view: SignInView | undefined;
  let running: Running | undefined;
  /** Taken anew with each begin and cancel, so that what belongs to a former sign-in is known as such. */
  const begin = createLatest();
  let isLatest = begin();
  const limit = createAlarm(clock, () => {
    if (view?.phase === 'waiting') fail(tooLate);
  });

  function become(next: SignInView | undefined): void {
    view = next;
    deps.changed();
  }

  function end(): void {
    isLatest = begin();
    limit.set(undefined);
    running?.listener?.close();
    running = undefined;
  }

  function fail(error: TallyError): void {
    if (!running) return;
    const { redirectUri, app } = running.request;
    end();
    become({ phase: 'failed', error, redirectUri, app });
  }

  /** What became of an answer, and going on with the one that is waited for. One shot: the first right one counts. */
  function answered(address: string, isMine: () => boolean): CallbackPage {
    if (!isMine() || !running || view?.phase !== 'waiting') return 'used';
    if (!running.flow.owns(address)) {
      become({ ...view, stray });
      return 'stray';
    }
    limit.set(undefined);
    become({ phase: 'finishing' });
    void finish(running, address, isMine);
    const answer = new URL(address).searchParams;
    if (answer.has('code')) return 'done';
    return answer.get('error') === 'access_denied' ? 'declined' : 'failed';
  }

  async function finish({ flow, request }: Running, address: string, isMine: () => boolean): Promise<void> {
    const tokens = await flow.finish(address);
    const waiting = () => {
      if (isMine() && view?.phase === 'finishing') become({ phase: 'finishing', waitsFor: 'keychain' });
    };
    // Tokens that came after a cancel are adopted by nobody; Zoom forgets them with the next sign-in of this app.
    if (!isMine()) return;
    const error = tokens.ok
      ? await request.adopt(tokens.value, waiting).catch(() => failedInside)
      : tokens.error;
    if (!isMine()) return;
    if (error) return fail(error);
    end();
    become(undefined);
  }

  async function open(address: string): Promise<void> {
    const isMine = isLatest;
    const opened = await browser.open(address).catch(() => false);
    if (isMine() && view?.phase === 'waiting') become({ ...view, browser: opened });
  }

  return {
    view: () => view,
    /** Ends any former one. */
    async begin(request: SignInRequest): Promise<void> {
      end();
      const isMine = isLatest;
      const { redirectUri, app } = request;
      const { path, port } = listeningAt(redirectUri);
      const listener = await browser
        .listen(path, (address) => answered(address, isMine), port)
        .catch(() => undefined);
      // Only there may the port be another one than is registered (RFC 8252, 7.3).
      const isOpen = wayBack(redirectUri) === 'loopback' && listener !== undefined;
      const asked = isOpen ? `http://127.0.0.1:${listener.port}${path}` : redirectUri;
      const flow = await request.oauth.begin(asked);
      if (!isMine()) {
        listener?.close();
        return;
      }
      running = { request, flow, listener };
      const until = clock.now() + patience;
      const listening = listener !== undefined;
      become({ phase: 'waiting', until, browser: true, listening, redirectUri, app });
      limit.set(until);
      await open(flow.authorizeUrl);
    },
    /** Shows the page of the sign-in in the browser again. */
    async openBrowser(): Promise<void> {
      if (running) await open(running.flow.authorizeUrl);
    },
    /** Where the person says yes; undefined when nothing waits. */
    address: () => running?.flow.authorizeUrl,
    /** The address that the browser ended at, by hand, or what Zoom's page says in its place. */
    paste(text: string): void {
      const page = zoomPageOf(text);
      if (page && view?.phase === 'waiting') fail(pageErrors[page]);
      else answered(text, isLatest);
    },
    /** Ends it, or takes its failure away. */
    cancel(): void {
      end();
      become(undefined);
    },
    /** After sleep or a change of the clock: the limit is compared again. */
    wake: limit.check,
  };
}

const stray = tallyError('invalid-input', 'That answer doesn’t belong to this sign-in.', {
  why: 'It came from another page or an earlier try. Tally is still waiting for the right one.',
});

const tooLate = tallyError('timeout', 'The sign-in wasn’t finished within five minutes.');

const failedInside = tallyError('internal', 'Tally couldn’t finish the sign-in.');
