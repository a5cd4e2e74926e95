import type { Plugin } from 'vite';
import { packageFolder } from './bundled.ts';

interface LeftOut {
  /** The package that asks for them. */
  readonly asking: string;
  /** As it asks for them. */
  readonly modules: readonly string[];
  /** What it gets in their place. */
  readonly instead?: string;
}

/**
 * Parts of packages that Tally never calls, which their own files load all the same. V8 would keep their text for good, and what
 * they make when they are loaded: 3 MB together.
 */
const leftOut: readonly LeftOut[] = [
  // FormData as a body; Tally makes its multipart bodies itself.
  { asking: 'undici', modules: ['../web/fetch/body.js', '../web/fetch/formdata', '../web/webidl'] },
  // Only where `allowH2` is not false, which connections.ts says everywhere.
  { asking: 'undici', modules: ['./client-h2.js'] },
  // A second parser, only by UNDICI_USE_MILO.
  {
    asking: 'undici',
    modules: ['./parser-h1.js'],
    instead: 'module.exports = { getMiloEnabled: () => false };',
  },
  // Only with a `schema` and with `migrations`; json-file.ts gives neither.
  { asking: 'conf', modules: ['ajv/dist/2020.js', 'ajv-formats', 'semver'] },
  // Introspection: Tally makes raw calls, and offers nothing on a bus. A Builder is made with each connection.
  { asking: 'dbus-next', modules: ['xml2js'], instead: 'exports.Builder = class {};' },
  // Passes open files over a bus, which Tally never does. What npm installs of it is not built, was compiled for each connection
  // before that failed, and stayed: a megabyte a day.
  {
    asking: 'dbus-next',
    modules: ['usocket'],
    instead: 'exports.USocket = class { constructor() { throw new Error("not a part of Tally"); } };',
  },
  // Large integers for Node before 10.4.
  { asking: 'dbus-next', modules: ['jsbi'] },
];

const prefix = '\0left-out:';

/** Bundles nothing in place of the parts of packages that are never called. A build fails whose packages ask for none of a line. */
export function leaveOut(): Plugin {
  const met = new Set<number>();
  return {
    name: 'tally-leave-out',
    apply: 'build',
    enforce: 'pre',
    resolveId(source, importer) {
      if (!importer) return undefined;
      const asking = packageFolder(importer);
      const found = leftOut.findIndex(
        (one) => asking === `node_modules/${one.asking}` && one.modules.includes(source),
      );
      if (found < 0) return undefined;
      met.add(found);
      return `${prefix}${found}`;
    },
    load(id) {
      if (!id.startsWith(prefix)) return undefined;
      return leftOut[Number(id.slice(prefix.length))]?.instead ?? 'module.exports = {};';
    },
    buildEnd(error) {
      const stale = leftOut.find((_, at) => !met.has(at));
      if (!error && stale)
        this.error(`${stale.asking} asks for none of ${stale.modules.join(', ')} any more`);
    },
  };
}
