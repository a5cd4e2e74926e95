import { createServer, type Socket } from 'node:net';
import { exitCodes } from '../../../shared/exit-codes.ts';
import { commandLine as t } from '../../../shared/words/en/command-line.ts';
import {
  type Answer,
  longest,
  parseLine,
  type Question,
  questionSchema,
  readLine,
  TooLong,
} from './contract.ts';
import { isOwn, newPlace } from './place.ts';

/** A question has to be there within so many ms: whoever connects and says nothing holds nothing up. */
const patience = 5_000;
const mostAtOnce = 16;

/**
 * Answers the commands of this person, and of nobody else: the system lets nobody else connect. Where it cannot listen, commands are
 * handed on without an answer, as links are. Returns what ends it.
 */
export function serveCommands(userData: string, run: (question: Question) => Promise<Answer>): () => void {
  const place = newPlace(userData);
  if (place === undefined) return () => {};
  const open = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
    // Who has asked and gone away is no trouble.
    socket.on('error', () => {});
    socket.setTimeout(patience, () => socket.destroy());
    void reply(socket, run);
  });
  server.maxConnections = mostAtOnce;
  server.on('error', () => {});
  // From its first moment nobody else may connect.
  const former = process.umask(0o177);
  server.listen(place, () => {
    if (process.platform !== 'win32' && !isOwn(place)) server.close();
  });
  process.umask(former);
  return () => {
    server.close();
    for (const socket of open) socket.destroy();
  };
}

async function reply(socket: Socket, run: (question: Question) => Promise<Answer>): Promise<void> {
  const question = await questionFrom(socket);
  socket.setTimeout(0);
  const { code, out, err } = 'argv' in question ? await run(question).catch(() => failed) : question;
  if (socket.destroyed) return;
  socket.end(`${JSON.stringify({ code, out: shown(out), err: shown(err) })}\n`);
  // What is too long is heard out: who still speaks hears nothing.
  socket.setTimeout(patience, () => socket.destroy());
  socket.resume();
}

/** A question, or the answer where there is none. */
async function questionFrom(socket: Socket): Promise<Question | Answer> {
  try {
    const line = await readLine(socket, longest.question);
    const question = line === undefined ? undefined : parseLine(line, questionSchema);
    return question ?? mistake(t.notUnderstood);
  } catch (cause) {
    if (cause instanceof TooLong) return mistake(t.tooLong);
    // Bytes that are no text, in the name of a file; or nobody is there any more.
    return mistake(t.notText);
  }
}

const failed: Answer = { code: exitCodes.inside, out: '', err: `${t.wentWrong}\n` };

const mistake = (words: string): Answer => ({ code: exitCodes.mistake, out: '', err: `${words}\n` });

/** A terminal obeys some characters, and the name of a file can hold any. resources/cli/tally relies on it, too. */
function shown(text: string): string {
  return text.replace(/[^\P{C}\n]/gu, '?');
}
