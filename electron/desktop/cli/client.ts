import { once } from 'node:events';
import { connect } from 'node:net';
import { exitCodes } from '../../../shared/exit-codes.ts';
import { commandLine as t } from '../../../shared/words/en/command-line.ts';
import { type Answer, answerSchema, longest, parseLine, type Question, readLine } from './contract.ts';
import { knownPlace } from './place.ts';

/** Has the Tally with this user data do a command; undefined where none runs. */
export async function ask(userData: string, question: Question): Promise<Answer | undefined> {
  const place = knownPlace(userData);
  if (place === undefined) return undefined;
  const socket = connect(place);
  try {
    await once(socket, 'connect');
  } catch {
    return undefined;
  }
  // Its end is seen by who reads.
  socket.on('error', () => {});
  socket.write(`${JSON.stringify(question)}\n`);
  const line = await readLine(socket, longest.answer).catch(() => undefined);
  socket.destroy();
  return (line === undefined ? undefined : parseLine(line, answerSchema)) ?? noAnswer;
}

const noAnswer: Answer = {
  code: exitCodes.inside,
  out: '',
  err: `${t.ended}\n`,
};

/** Writes an answer where a command's belongs; resolves when it is out. */
export async function print({ out, err }: Answer): Promise<void> {
  const write = (stream: NodeJS.WriteStream, text: string) =>
    new Promise<void>((resolve) => (text === '' ? resolve() : stream.write(text, () => resolve())));
  await Promise.all([write(process.stdout, out), write(process.stderr, err)]);
}
