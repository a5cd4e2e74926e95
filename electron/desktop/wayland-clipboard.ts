import { spawn } from 'node:child_process';

/** How long the compositor may take for one question, in ms; a program that it does not let in waits for ever. */
const patience = 2_000;

/** Under Wayland a window may copy only after a key or click in it; Chromium drops anything else, and says that it has copied. */
export function onWayland(env: NodeJS.ProcessEnv = process.env): boolean {
  return env.XDG_SESSION_TYPE === 'wayland' || (env.WAYLAND_DISPLAY ?? '') !== '';
}

/** Runs a program with a text on its input; gives what it wrote, or undefined where it is missing, fails or takes too long. */
function run(program: string, args: readonly string[], input = ''): Promise<string | undefined> {
  return new Promise((resolve) => {
    // The one that serves what was copied goes on in the background, and would hold an output that it was given.
    const reads = program === 'wl-paste';
    const child = spawn(program, args, {
      stdio: ['pipe', reads ? 'pipe' : 'ignore', 'ignore'],
      timeout: patience,
      killSignal: 'SIGKILL',
    });
    let output = '';
    child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
    });
    child.once('error', () => resolve(undefined));
    child.once(reads ? 'close' : 'exit', (code) => resolve(code === 0 ? output : undefined));
    child.stdin?.on('error', () => {});
    child.stdin?.end(input);
  });
}

const boards = [[], ['--primary']] as const;

/** What the compositor has, by wl-clipboard (github.com/bugaevc/wl-clipboard): not what Chromium remembers to have copied. */
export const compositor = {
  /** Whether it can be asked at all. */
  isThere: async () => (await run('wl-paste', ['--version'])) !== undefined,
  /** Undefined where there is no text, or it cannot be asked. */
  read(board: (typeof boards)[number] = []): Promise<string | undefined> {
    return run('wl-paste', [...board, '--no-newline', '--type', 'text/plain']);
  },
  /** Puts a text into both selections; true once the compositor has it in the first. */
  async write(text: string): Promise<boolean> {
    // Only newer versions can mark a secret, and older ones refuse what they do not know.
    for (const mark of [['--sensitive'], []]) {
      const [main] = await Promise.all(
        boards.map((board) => run('wl-copy', [...board, ...mark, '--type', 'text/plain'], text)),
      );
      if (main !== undefined) return (await compositor.read()) === text;
    }
    return false;
  },
  /** Empties both selections where `isIt` says that they hold it; `left`: the first holds something else. */
  async clear(isIt: (text: string) => boolean): Promise<'cleared' | 'left'> {
    let outcome: 'cleared' | 'left' = 'left';
    for (const board of boards) {
      const held = await compositor.read(board);
      if (held === undefined || !isIt(held)) continue;
      const done = await run('wl-copy', [...board, '--clear']);
      if (board.length === 0 && done !== undefined) outcome = 'cleared';
    }
    return outcome;
  },
};
