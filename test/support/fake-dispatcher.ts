import type { Readable } from 'node:stream';
import type { Dispatcher } from 'undici';

interface FakeAnswer {
  readonly status: number;
  readonly headers: object;
  readonly body: Readable;
}

/** How undici sends: a request whose answer `answer` makes up, or whose connection it lets fail. What is aborted destroys the body. */
export function fakeDispatch(
  answer: (request: Dispatcher.DispatchOptions) => Promise<FakeAnswer>,
): Dispatcher['dispatch'] {
  return (request, handler) => {
    void respond(answer(request), handler);
    return true;
  };
}

async function respond(made: Promise<FakeAnswer>, handler: Dispatcher.DispatchHandler): Promise<void> {
  let body: Readable | undefined;
  const controller = {
    abort: (reason: Error) => body?.destroy(reason),
  } as unknown as Dispatcher.DispatchController;
  try {
    const answer = await made;
    body = answer.body;
    body.on('error', (cause) => handler.onResponseError?.(controller, cause));
    handler.onRequestStart?.(controller, {});
    handler.onResponseStart?.(controller, answer.status, answer.headers as never, '');
    body.on('data', (chunk) => handler.onResponseData?.(controller, chunk));
    body.on('end', () => handler.onResponseEnd?.(controller, {}));
  } catch (cause) {
    handler.onResponseError?.(controller, cause as Error);
  }
}
