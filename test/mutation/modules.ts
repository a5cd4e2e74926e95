/** What is broken on purpose, the most dangerous first, and the quick tests that must notice. Paths are of the project. */
export interface Module {
  /** Each is broken by itself, so that a run can be taken up again where it ended. */
  readonly files: readonly string[];
  readonly tests: readonly string[];
}

const unit = (...names: readonly string[]) => names.map((name) => `test/unit/${name}.test.ts`);
const contract = (...names: readonly string[]) => names.map((name) => `test/contract/${name}.test.ts`);
const client = contract(
  'client',
  'client-answers',
  'client-connections',
  'client-errors',
  'client-faults',
  'client-limits',
  'client-session',
  'client-upload',
);

export const modules: Readonly<Record<string, Module>> = {
  redaction: {
    files: ['shared/zoom/secrets.ts', 'electron/core/advanced/secrets.ts'],
    tests: unit('shared/secrets', 'core/advanced/secrets', 'core/advanced/request-secrets'),
  },
  links: {
    files: ['shared/links.ts', 'shared/link-word.ts'],
    tests: unit('shared/links', 'shared/commands'),
  },
  listener: {
    files: ['listener', 'peer', 'forward', 'pages'].map((name) => `electron/desktop/sign-in/${name}.ts`),
    tests: [...unit('desktop/sign-in/peer'), ...contract('sign-in-listener', 'forward')],
  },
  ipc: {
    files: ['electron/desktop/ipc.ts'],
    tests: unit('desktop/ipc', 'shared/ipc/channels'),
  },
  'core/presence': {
    files: ['reducer', 'runner', 'stored', 'presence'].map((name) => `electron/core/presence/${name}.ts`),
    tests: [
      ...unit(
        ...['reducer', 'rules', 'asking', 'told', 'model', 'presence'].map((name) => `core/presence/${name}`),
      ),
      ...contract('presence-runner', 'presence-asking', 'tally-presence'),
    ],
  },
  'core/http': {
    files: [
      'retry-after',
      'failures',
      'proxy',
      'proxy-failures',
      'exchange',
      'connections',
      'multipart',
      'network',
    ].map((name) => `electron/core/http/${name}.ts`),
    tests: [...unit('core/http/proxy'), ...client, ...contract('proxy')],
  },
  'core/accounts': {
    files: [
      'stored',
      'list',
      'sign-outs',
      'sign-ins',
      'setups',
      'live',
      'feature-set',
      'features',
      'account',
      'accounts',
    ].map((name) => `electron/core/accounts/${name}.ts`),
    tests: [
      ...unit('core/accounts/stored'),
      ...contract('accounts', 'staying-in', 'sign-outs', 'setups', 'keychain', 'tally'),
    ],
  },
  'core/zoom': {
    files: ['retry', 'limits', 'errors', 'connection-errors', 'cancel', 'attempt', 'request', 'client'].map(
      (name) => `electron/core/zoom/${name}.ts`,
    ),
    tests: [
      ...unit(
        ...['codes', 'connection-errors', 'errors', 'limits', 'retry'].map((name) => `core/zoom/${name}`),
      ),
      ...client,
    ],
  },
};
