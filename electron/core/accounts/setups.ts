import type { OfferView, SetupAction } from '../../../shared/accounts.ts';
import type { Notice } from '../../../shared/app.ts';
import { looksLikeSecret } from '../../../shared/client-id.ts';
import { connectingStart } from '../../../shared/connecting.ts';
import { type Result, tallyError } from '../../../shared/errors.ts';
import { manifestOf } from '../../../shared/manifest.ts';
import { type Setup, setupOf } from '../../../shared/setup.ts';
import { needed } from '../../../shared/zoom/scopes.ts';
import { byType, type FeatureDeps } from '../feature.ts';
import { defined } from '../lib/defined.ts';
import type { Grants } from '../sign-in/grants.ts';
import { type GivenSetup, readSetup, writeSetupFile, writeSetupLine } from '../sign-in/setup-text.ts';
import type { AccountList } from './list.ts';
import type { createSignIns } from './sign-ins.ts';

export interface SetupsDeps extends Pick<FeatureDeps, 'documents' | 'changed'> {
  readonly list: AccountList;
  readonly grants: Pick<Grants, 'clientSecret'>;
  readonly signIns: Pick<ReturnType<typeof createSignIns>, 'begin'>;
  /** What an administrator has placed on this computer for all its users; undefined where there is nothing. */
  administratorSetup(): Promise<Result<string> | undefined>;
  /** Puts a text on the clipboard. */
  copy(text: string): void;
  notice(notice: Notice): void;
}

interface Offer {
  readonly view: OfferView;
  /** Absent where it was refused. */
  readonly given?: GivenSetup;
}

/** Setups that come from others and go to others. Nothing of one is kept until somebody has signed in by it. */
export function createSetups(deps: SetupsDeps) {
  const { list, grants, changed } = deps;
  let fromAdministrator: Offer | undefined;
  let fromPerson: Offer | undefined;

  function read(by: OfferView['by'], text: Result<string>): Offer {
    const read = text.ok ? readSetup(text.value) : text;
    if (!read.ok) return { view: { phase: 'refused', by, error: read.error } };
    const { setup, clientSecret } = read.value;
    const hasSecret = clientSecret !== undefined;
    const isDoubtful = looksLikeSecret(setup.clientId) || setup.clientId === clientSecret;
    return { view: { phase: 'offered', by, setup, hasSecret, isDoubtful }, given: read.value };
  }

  function offer(text: Result<string>): void {
    fromPerson = read('person', text);
    changed();
  }

  const current = () => fromPerson ?? fromAdministrator;

  function accept({ clientSecret }: Extract<SetupAction, { type: 'account.offer.accept' }>): void {
    const { given } = current() ?? {};
    if (given) void deps.signIns.begin(given.setup, given.clientSecret ?? clientSecret);
  }

  function dismiss(): void {
    if (fromPerson) fromPerson = undefined;
    else fromAdministrator = undefined;
    changed();
  }

  async function share({
    key,
    withSecret,
    to,
  }: Extract<SetupAction, { type: 'account.share' }>): Promise<void> {
    const record = list.find(key);
    if (!record) return;
    const secret = await grants.clientSecret(key);
    const setup = { ...setupOf(record), isPublic: record.isPublic && secret === undefined };
    const given = withSecret ? secret : undefined;
    if (to === 'clipboard') return deps.copy(writeSetupLine(setup, given));
    await save('zoom.tally-setup.json', writeSetupFile(setup, given), 'Save the setup');
  }

  /** For accounts that have Zoom's manifests, in which one upload does what else is done by hand. */
  async function saveManifest(): Promise<void> {
    const { groups, redirectUri, isPublic } = list.connecting();
    const manifest = manifestOf({ redirectUri, isPublic, scopes: needed(groups, 'granular') });
    const text = `${JSON.stringify(manifest, undefined, 2)}\n`;
    await save('tally-app-manifest.json', text, 'Save the app manifest');
  }

  async function save(name: string, text: string, title: string): Promise<void> {
    const saved = await deps.documents.save(name, text, title);
    if (!saved.ok)
      deps.notice({
        id: 'not-done',
        title: saved.error.what,
        detail: saved.error.why ?? 'Nothing was changed.',
      });
  }

  const run = byType<SetupAction>({
    'account.connecting': ({ patch }) => {
      list.setConnecting({ ...list.connecting(), ...defined(patch) });
      changed();
    },
    'account.manifest': () => void saveManifest(),
    'account.offer': ({ text }) => offer({ ok: true, value: text }),
    'account.offer.accept': accept,
    'account.offer.dismiss': dismiss,
    'account.share': (action) => void share(action),
  });

  return {
    view: (): OfferView | undefined => current()?.view,
    run(action: SetupAction): Result<null> {
      if (action.type === 'account.offer.accept' && !current()?.given) return { ok: false, error: noSetup };
      if (action.type === 'account.share' && !list.find(action.key)?.clientId)
        return { ok: false, error: noApp };
      return run(action);
    },
    /** A setup from a file that a person dropped, chose or named, or why it could not be read. */
    offer,
    /** Somebody has signed in through an app. What leads to another one stays. */
    signedIn({ cloud, clientId }: Pick<Setup, 'cloud' | 'clientId'>): void {
      const isThis = (one: Pick<Setup, 'cloud' | 'clientId'>) =>
        one.clientId === clientId && one.cloud === cloud;
      if (!fromPerson?.given || isThis(fromPerson.given.setup)) fromPerson = undefined;
      if (isThis(list.connecting())) list.setConnecting(connectingStart);
    },
    /** Looks at what the administrator has placed. */
    async lookForAdministrators(): Promise<void> {
      const text = await deps.administratorSetup();
      if (text === undefined) return;
      fromAdministrator = read('administrator', text);
      changed();
    },
  };
}

const noSetup = tallyError('invalid-input', 'There is no setup to sign in by.', { action: 'none' });

const noApp = tallyError('invalid-input', 'This account has no Zoom app of its own.', { action: 'none' });
