/** What is broken on purpose, the most dangerous first, and the quick tests that must notice. Paths are of the project. */
export interface Module {
  /** Each is broken by itself, so that a run can be taken up again where it ended. */
  readonly files: readonly string[];
  readonly tests: readonly string[];
  /** Of a file that few tests are about: these in their place, as the others would take minutes for nothing. */
  readonly nearest?: Readonly<Record<string, readonly string[]>>;
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
    tests: client,
    nearest: {
      ...Object.fromEntries(
        ['retry-after', 'failures', 'proxy-failures', 'multipart', 'proxy'].map((name) => [
          `electron/core/http/${name}.ts`,
          unit(`core/http/${name}`),
        ]),
      ),
      'electron/core/http/network.ts': unit('core/http/proxy'),
      'electron/core/http/exchange.ts': [...unit('core/http/exchange'), ...contract('client-connections')],
      'electron/core/http/connections.ts': [...unit('core/http/connections'), ...contract('proxy')],
    },
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
    tests: contract('accounts', 'staying-in', 'sign-outs', 'setups', 'keychain', 'tally'),
    nearest: {
      ...Object.fromEntries(
        ['stored', 'list', 'sign-outs', 'setups', 'live', 'feature-set', 'accounts'].map((name) => [
          `electron/core/accounts/${name}.ts`,
          unit(`core/accounts/${name}`),
        ]),
      ),
      'electron/core/accounts/features.ts': [
        ...unit('core/accounts/feature-set'),
        ...contract('library', 'automation-calendar'),
      ],
      'electron/core/accounts/sign-ins.ts': contract('sign-ins'),
      'electron/core/accounts/account.ts': [
        ...unit('core/accounts/account'),
        ...contract('account', 'staying-in'),
      ],
    },
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
    nearest: Object.fromEntries(
      ['retry', 'cancel', 'request', 'attempt', 'client'].map((name) => [
        `electron/core/zoom/${name}.ts`,
        unit(`core/zoom/${name}`),
      ]),
    ),
  },
};
