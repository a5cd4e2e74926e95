import { type TallyError, tallyError } from '../../../shared/errors.ts';
import type { SignInView } from '../../../shared/state.ts';
import type { Browser, CallbackPage, Clock, Listener } from '../ports.ts';
import type { BegunSignIn, Tokens, ZoomOauth } from './oauth.ts';

/** A sign-in is given up after this long, in ms: as long as Zoom's code lives. */
const patience = 5 * 60_000;

interface SignInRequest {
  readonly oauth: ZoomOauth;
  /** What is registered at Zoom as the path of the redirect address. */
  readonly redirectPath: string;
  /** Makes an account of the tokens; `waiting` is told that the keychain takes its time. Resolves with what went wrong. */
  adopt(tokens: Tokens, waiting: () => void): Promise<TallyError | undefined>;
}

export interface SignInDeps {
  readonly clock: Clock;
  readonly browser: Browser;
  changed(): void;
}

/** A sign-in in the system's browser (RFC 8252), one at a time. */
export interface SignIn {
  view(): SignInView | undefined;
  /** Ends any former one. */
  begin(request: SignInRequest): Promise<void>;
  /** Shows the page of the sign-in in the browser again. */
  openBrowser(): Promise<void>;
  /** Where the person says yes; undefined when nothing waits. */
  address(): string | undefined;
  /** The address that the browser ended at, by hand. */
  paste(address: string): void;
  /** Ends it, or takes its failure away. */
  cancel(): void;
  /** After sleep or a change of the clock: the limit is compared again. */
  wake(): void;
}

interface Running {
  readonly request: SignInRequest;
  readonly flow: BegunSignIn;
  readonly listener: Listener | undefined;
}

export function createSignIn(deps: SignInDeps): SignIn {
  const { clock, browser } = deps;
  let view: SignInView | undefined;
  let running: Running | undefined;
  /** Grows with each begin and cancel, so that what belongs to a former sign-in is known as such. */
  let turn = 0;
  let cancelTimer = () => {};

  function become(next: SignInView | undefined): void {
    view = next;
    deps.changed();
  }

  function end(): void {
    turn += 1;
    cancelTimer();
    running?.listener?.close();
    running = undefined;
  }

  function fail(error: TallyError): void {
    end();
    become({ phase: 'failed', error });
  }

  function checkLimit(): void {
    cancelTimer();
    if (view?.phase !== 'waiting') return;
    const left = view.until - clock.now();
    if (left <= 0) fail(tooLate);
    // No timer is longer than this: the limit is an instant, and the computer may sleep.
    else cancelTimer = clock.setTimeout(checkLimit, Math.min(left, 30_000));
  }

  /** What became of an answer, and going on with the one that is waited for. One shot: the first right one counts. */
  function answered(address: string, mine: number): CallbackPage {
    if (mine !== turn || !running || view?.phase !== 'waiting') return 'used';
    if (!running.flow.owns(address)) {
      become({ ...view, stray });
      return 'stray';
    }
    cancelTimer();
    const { flow, request } = running;
    become({ phase: 'finishing' });
    void finish(flow, request, address, mine);
    const answer = new URL(address).searchParams;
    if (answer.has('code')) return 'done';
    return answer.get('error') === 'access_denied' ? 'declined' : 'failed';
  }

  async function finish(
    flow: BegunSignIn,
    request: SignInRequest,
    address: string,
    mine: number,
  ): Promise<void> {
    const tokens = await flow.finish(address);
    const waiting = () => {
      if (mine === turn && view?.phase === 'finishing') become({ phase: 'finishing', waitsFor: 'keychain' });
    };
    // Tokens that came after a cancel are adopted by nobody; Zoom forgets them with the next sign-in of this app.
    if (mine !== turn) return;
    const error = tokens.ok
      ? await request.adopt(tokens.value, waiting).catch(() => failedInside)
      : tokens.error;
    if (mine !== turn) return;
    if (error) return fail(error);
    end();
    become(undefined);
  }

  async function open(address: string, mine: number): Promise<void> {
    const opened = await browser.open(address).catch(() => false);
    if (mine === turn && view?.phase === 'waiting') become({ ...view, browser: opened });
  }

  return {
    view: () => view,
    async begin(request) {
      end();
      const mine = turn;
      const listener = await browser
        .listen(request.redirectPath, (address) => answered(address, mine))
        .catch(() => undefined);
      const port = listener ? `:${listener.port}` : '';
      const flow = await request.oauth.begin(`http://127.0.0.1${port}${request.redirectPath}`);
      if (mine !== turn) {
        listener?.close();
        return;
      }
      running = { request, flow, listener };
      become({
        phase: 'waiting',
        until: clock.now() + patience,
        browser: true,
        listening: listener !== undefined,
      });
      checkLimit();
      await open(flow.authorizeUrl, mine);
    },
    async openBrowser() {
      if (running) await open(running.flow.authorizeUrl, turn);
    },
    address: () => running?.flow.authorizeUrl,
    paste: (address) => void answered(address, turn),
    cancel() {
      end();
      become(undefined);
    },
    wake: checkLimit,
  };
}

const stray = tallyError('invalid-input', 'That answer does not belong to this sign-in.', {
  why: 'It came from another page or an earlier try. Tally is still waiting for the right one.',
});

const tooLate = tallyError('timeout', 'The sign-in was not finished within five minutes.');

const failedInside = tallyError('internal', 'Tally could not finish the sign-in.');
