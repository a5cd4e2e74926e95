import { tell } from '../../electron/core/advanced/answer.ts';

/** What is told of an answer with this body, in the Advanced screen, the history and to the person. */
export const toldOf = (body: string) =>
  tell({
    call: 'a',
    input: { operation: 'user', path: {}, query: {} },
    at: 0,
    ms: 0,
    came: {
      answer: { status: 200, headers: {}, body: Buffer.from(body), damage: null },
      token: 'token-of-the-request',
    },
  });
