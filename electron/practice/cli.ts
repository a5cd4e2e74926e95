import { parseArgs } from 'node:util';
import { type Practice, type PracticeOptions, startPractice } from './server.ts';
import { accountKinds } from './state/kinds.ts';

const usage = [
  'Usage: npm run --silent practice -- [--port N] [--plan free|pro|business] [--no-limits] [--seed N]',
  '                                    [--vintage today|2022] [--account basic|google|business]',
].join('\n');

/** Options from the command line; a string says what is wrong with it. */
function readOptions(args: readonly string[]): PracticeOptions | string {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        port: { type: 'string' },
        plan: { type: 'string' },
        'no-limits': { type: 'boolean' },
        seed: { type: 'string' },
        vintage: { type: 'string' },
        account: { type: 'string' },
      },
    });
    const port = whole(values.port ?? '0', 65_535);
    if (port === undefined) return `--port must be a number from 0 to 65535, not "${values.port}"`;
    const seed = whole(values.seed ?? '1', 0xffffffff);
    if (seed === undefined) return `--seed must be a number from 0 to 4294967295, not "${values.seed}"`;
    const { plan = 'pro' } = values;
    if (plan !== 'free' && plan !== 'pro' && plan !== 'business') {
      return `--plan must be free, pro or business, not "${plan}"`;
    }
    const { vintage = 'today' } = values;
    if (vintage !== 'today' && vintage !== '2022') {
      return `--vintage must be today or 2022, not "${vintage}"`;
    }
    const account = accountKinds.find((kind) => kind === values.account);
    if (values.account !== undefined && !account) {
      return `--account must be basic, google or business, not "${values.account}"`;
    }
    return { port, seed, plan, ...(account && { account }), vintage, limits: values['no-limits'] !== true };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** What the one line on stdout tells, in this order. */
const told: (keyof Practice)[] = [
  'apiUrl',
  'oauthUrl',
  'marketplaceUrl',
  'accessToken',
  'refreshToken',
  'clientId',
  'userId',
  'email',
  'adminAccessToken',
  'controlToken',
];

function whole(text: string, largest: number): number | undefined {
  const value = Number(text);
  return /^\d+$/.test(text) && value <= largest ? value : undefined;
}

function fail(message: string, status: number): never {
  process.stderr.write(`${message}\n`);
  process.exit(status);
}

/** Calls `then` once the process that started this one is gone. Looks four times a second. */
function whenParentEnds(then: () => void): void {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    then();
  }, 250);
  timer.unref();
}

const options = readOptions(process.argv.slice(2));
if (typeof options === 'string') fail(`${options}\n${usage}`, 2);

try {
  const practice = await startPractice(options);
  const stop = () => {
    void practice.close().then(() => process.exit(0));
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  // npm passes a signal to its shell only, which dies of it and leaves this process behind.
  if (process.env.npm_lifecycle_event !== undefined) whenParentEnds(stop);
  process.stdout.write(`${JSON.stringify(practice, told)}\n`);
} catch (error) {
  fail(`The practice server could not start: ${error instanceof Error ? error.message : error}`, 1);
}
