import { ExternalLink, FileDown } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { needed, type ScopeKind } from '../../../shared/zoom/scopes.ts';
import { Button } from '../../components/button.tsx';
import { Checkbox } from '../../components/checkbox.tsx';
import { Segments } from '../../components/segments.tsx';
import { useRun } from '../../lib/actions.ts';
import { CopyLine } from './copy-line.tsx';
import { marketplaceOf } from './permissions.ts';
import { StepCard, type StepProps } from './step.tsx';
import { WayBackChoice } from './way-back.tsx';

const kinds = [
  { value: 'granular', word: 'Granular' },
  { value: 'classic', word: 'Classic' },
] as const;

/** All that is done at Zoom, in its order and its words, to be ticked off. */
export function StepCreate({ connecting, onChange, way }: StepProps) {
  const run = useRun();
  const [kind, setKind] = useState<ScopeKind>('granular');
  const { cloud, redirectUri, isPublic, done, groups } = connecting;
  const scopes = needed(groups, kind);
  const tick = (key: string, words: ReactNode, further?: ReactNode) => (
    <Tick
      key={key}
      words={words}
      isDone={done.includes(key)}
      onTick={(isDone) =>
        onChange({ done: [...done.filter((one) => one !== key), ...(isDone ? [key] : [])] })
      }
    >
      {further}
    </Tick>
  );
  const ticked = scopes.filter((scope) => done.includes(`scope:${scope}`)).length;
  return (
    <StepCard title="Create">
      <p className="text-muted">Tick off what you have done. It stays ticked when Tally is closed.</p>
      <ol className="flex w-full flex-col gap-3">
        {tick(
          'open',
          'Open the Zoom App Marketplace and sign in.',
          <Button onPress={() => run({ type: 'web.open', page: marketplaceOf(cloud) })}>
            Open Zoom App Marketplace
            <ExternalLink className="size-4" />
          </Button>,
        )}
        {tick('build', 'Choose “Develop”, “Build App”, then “General App” and “Create”.')}
        {tick('managed', 'Under “Basic Information”, choose “User-managed”.')}
        {isPublic && tick('public', 'Under “App Credentials”, switch “Use Public Client OAuth” on.')}
        {tick(
          `redirect:${redirectUri}`,
          'Paste this into “OAuth Redirect URL”.',
          <CopyLine text={redirectUri} what="redirect address" />,
        )}
        {tick(
          `allow:${redirectUri}`,
          'Add the same to the “OAuth Allow List” below it. Leave “Strict Mode URL” and “Subdomain Check” off.',
          <CopyLine text={redirectUri} what="allow list address" />,
        )}
        <li>
          <WayBackChoice connecting={connecting} onChange={onChange} way={way} />
        </li>
        <li className="flex flex-col gap-3">
          <div className="flex flex-wrap items-center justify-between gap-2">
            <h3 className="font-medium">
              Under “Scopes”, choose “Add Scopes”, search for each of these and tick{' '}
              <span className="whitespace-nowrap">
                it{' '}
                <span className="text-muted">
                  ({ticked} of {scopes.length})
                </span>
              </span>
            </h3>
            <Segments
              aria-label="Kind of scopes"
              choices={kinds}
              chosen={kind}
              onChoose={setKind}
              look="flex"
            />
          </div>
          {kind === 'classic' && (
            <p className="text-muted">For an app from before 2024 that lists scopes such as user:write.</p>
          )}
          <ol aria-label="Scopes" className="flex flex-col gap-2">
            {scopes.map((scope) =>
              tick(`scope:${scope}`, <CopyLine key={scope} text={scope} what={scope} />, rare.get(scope)),
            )}
          </ol>
        </li>
        {tick(
          'add',
          'If you like, choose “Add App Now” under “Local Test”. Signing in by Tally adds it as well.',
        )}
      </ol>
      <details className="w-full">
        <summary className="w-fit cursor-default rounded text-muted outline-offset-2 focus-visible:outline-2 focus-visible:outline-focus">
          Does your app’s page offer to upload a manifest?
        </summary>
        <div className="mt-3 flex flex-col items-start gap-3">
          <p className="text-muted">
            Some accounts have this at “Basic Information”. The file does all of the above from “User-managed”
            on.
          </p>
          <Button icon={FileDown} onPress={() => run({ type: 'account.manifest' })}>
            Save app manifest…
          </Button>
        </div>
      </details>
      <div className="flex flex-wrap gap-2">
        <Button look="strong" onPress={() => onChange({ step: 'paste' })}>
          Next: paste the Client ID
        </Button>
        <Button look="quiet" onPress={() => onChange({ step: 'choose' })}>
          Back
        </Button>
      </div>
    </StepCard>
  );
}

/** Scopes that not every account is offered, and what then. */
const rare: ReadonlyMap<string, ReactNode> = new Map([
  [
    'user:delete:profile_picture',
    <p key="rare" className="text-muted text-xs">
      Zoom may not offer this one. Skip it then; only removing the picture needs it.
    </p>,
  ],
]);

interface TickProps {
  readonly words: ReactNode;
  readonly isDone: boolean;
  readonly onTick: (isDone: boolean) => void;
  readonly children: ReactNode;
}

/** One line to tick off. What is to be copied stands beside its box, so that copying does not tick. */
function Tick({ words, isDone, onTick, children }: TickProps) {
  const isLine = typeof words === 'string';
  return (
    <li className="flex items-start gap-3">
      <Checkbox
        isOn={isDone}
        onChange={onTick}
        label={isLine ? words : 'Done'}
        look={`${isLine ? 'py-0.5' : 'py-3 sm:py-2'} ${isLine && children === undefined ? 'w-full' : ''}`}
      >
        {isLine && children === undefined && <span className={isDone ? 'text-muted' : ''}>{words}</span>}
      </Checkbox>
      {!(isLine && children === undefined) && (
        <div className="flex min-w-0 flex-1 flex-col items-start gap-2 [&>div]:w-full">
          {isLine ? <span className={`py-0.5 ${isDone ? 'text-muted' : ''}`}>{words}</span> : words}
          {children}
        </div>
      )}
    </li>
  );
}
