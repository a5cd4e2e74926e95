/**
 * Makes one call to Zoom from the command line, with the checks, limits and retries of the app.
 *
 *     npm run --silent call -- OPERATION [--path NAME=VALUE] [--query NAME=VALUE] [--body JSON|@FILE] [--file FILE]
 *                              [--confirm TARGET] [--anyway] [--dry-run] [--secrets]
 *     npm run --silent call -- --list
 *     npm run --silent call -- --describe OPERATION
 *
 * TALLY_ZOOM_TOKEN is an access token, TALLY_ZOOM_API the base address (https, or http on this computer; else Zoom's own).
 * The answer goes to stdout as JSON (`null` where Zoom sends none), without what is secret in it unless a token is what the call
 * is for, or with `--secrets`; with `--dry-run` the call as a curl command; what went
 * wrong goes to stderr as JSON. Exit code: 0 it worked, 2 the input is not right, 3 Zoom refused, 4 no answer from Zoom, 5 a
 * limit of Zoom's is reached, 1 anything else.
 */
import { exitCodes } from '../shared/exit-codes.ts';
import { list, tellOf } from './call/describe.ts';
import { Mistake, readOrder, readTarget } from './call/order.ts';
import { json, type Outcome } from './call/outcome.ts';

async function run(args: readonly string[]): Promise<Outcome> {
  const order = readOrder(args);
  if (order.kind === 'list') return { code: exitCodes.worked, out: json(list()) };
  if (order.kind === 'describe') return { code: exitCodes.worked, out: json(tellOf(order.operation)) };
  const target = readTarget(process.env);
  if (target.token === '' && !order.dryRun) throw new Mistake('TALLY_ZOOM_TOKEN holds no access token.');
  // The client and the checks take three times as long to load as all the rest.
  const { send } = await import('./call/send.ts');
  return send(order, target);
}

function mistaken(cause: unknown): Outcome {
  if (!(cause instanceof Mistake)) throw cause;
  const { message, problems } = cause;
  const error = { kind: 'invalid-input', what: message };
  return { code: exitCodes.mistake, complaint: json({ error, ...(problems && { problems }) }) };
}

const { code, out, complaint } = await run(process.argv.slice(2)).catch(mistaken);
if (out !== undefined) process.stdout.write(`${out}\n`);
if (complaint !== undefined) process.stderr.write(`${complaint}\n`);
process.exitCode = code;
