import { problemsOf } from '../../electron/core/advanced/check.ts';
import { codeOf } from '../../electron/core/advanced/code.ts';
import { createAdvancedFiles } from '../../electron/core/advanced/files.ts';
import { meaningsOf } from '../../electron/core/advanced/meanings.ts';
import { withoutSecrets } from '../../electron/core/advanced/secrets.ts';
import type { UploadFile } from '../../electron/core/http/multipart.ts';
import { fixedSession } from '../../electron/core/sign-in/session.ts';
import { createZoomClient, type ZoomInput } from '../../electron/core/zoom/client.ts';
import { clock } from '../../electron/desktop/clock.ts';
import { disk } from '../../electron/desktop/files/disk.ts';
import { type CallInput, confirmationOf, needsConfirmation } from '../../shared/advanced.ts';
import { exitCodeOf, exitCodes } from '../../shared/exit-codes.ts';
import { type Json, readJson } from '../../shared/json.ts';
import type { OperationId } from '../../shared/zoom/operations.gen.ts';
import { type CallOrder, Mistake, type Target } from './order.ts';
import { json, type Outcome } from './outcome.ts';

/** Whoever makes these asks for nothing but the token. */
const tokenCalls: readonly OperationId[] = ['userZak', 'userToken'];
const asItIs = (answer: Json) => answer;

/** Checks a call and sends it; with `--dry-run` it becomes a curl command. Throws a Mistake where it may not be sent. */
export async function send(order: CallOrder, target: Target): Promise<Outcome> {
  const files = createAdvancedFiles(disk, () => 'file');
  const file = order.file === undefined ? undefined : await files.offer(order.file);
  if (file === null) throw new Mistake(`The file ${order.file} cannot be read.`);
  const input = { ...order.input, ...(file && { file: file.id }) };
  const problems = problemsOf(input, file);
  if (problems.some(({ blocks }) => blocks)) throw new Mistake('The input does not fit the call.', problems);
  if (problems.length > 0 && !order.anyway) {
    throw new Mistake('Zoom may refuse this; --anyway sends it.', problems);
  }
  if (order.dryRun) {
    const code = codeOf(input, 'curl', target.api, files.forCode(file?.id));
    if (!code.ok) throw new Mistake(code.error.what);
    return { code: exitCodes.worked, out: code.value };
  }
  // Whoever types the command says whom it is about; `me` is not asked for its address first.
  const { text } = confirmationOf(input, { id: 'me', email: 'me' });
  if (needsConfirmation(input) && order.confirm !== text) {
    throw new Mistake(`This cannot be taken back. To send it, add --confirm ${text}`);
  }
  const shown = order.secrets || tokenCalls.includes(input.operation) ? asItIs : withoutSecrets;
  return call(input, target, files.upload(file?.id), shown);
}

async function call(
  { operation, path, query, body }: CallInput,
  { api, token }: Target,
  file: UploadFile | undefined,
  shown: (answer: Json) => Json,
): Promise<Outcome> {
  const session = fixedSession(token);
  const zoom = createZoomClient({ clock, session, apiUrl: () => api, random: Math.random });
  try {
    const given = { path, query, body, ...(file && { file }) } as ZoomInput<OperationId>;
    let came: Uint8Array | null = null;
    const result = await zoom.call(operation, given, {
      anyQuery: true,
      onAnswer: (answer) => (came = answer.body),
    });
    // Read again: what the client gives has large integers rounded.
    const whole = (came && readJson(new TextDecoder().decode(came))) ?? null;
    if (result.ok) return { code: exitCodes.worked, out: json(shown(whole)) };
    const { error } = result;
    const meanings = error.zoom ? meaningsOf(operation, error.zoom) : [];
    return { code: exitCodeOf(error), complaint: json({ error, meanings }) };
  } finally {
    zoom.dropConnections();
  }
}
