import { ExternalLink, FileDown } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { accounts as t } from '../../../shared/words/en/accounts.ts';
import { common } from '../../../shared/words/en/common.ts';
import { needed, type ScopeKind } from '../../../shared/zoom/scopes.ts';
import { Button } from '../../components/button.tsx';
import { Checkbox } from '../../components/checkbox.tsx';
import { Segments } from '../../components/segments.tsx';
import { useRun } from '../../lib/actions.ts';
import { sentence } from '../../lib/sentence.tsx';
import { CopyLine } from './copy-line.tsx';
import { marketplaceOf } from './marketplace.ts';
import { StepCard, type StepProps } from './step.tsx';
import { WayBackChoice } from './way-back.tsx';

const kinds = [
  { value: 'granular', word: t.granular },
  { value: 'classic', word: t.classic },
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
    <StepCard title={t.stepCreate}>
      <p className="text-muted">{t.createNote}</p>
      <ol className="flex w-full flex-col gap-3">
        {tick(
          'open',
          t.createOpen,
          <Button onPress={() => run({ type: 'web.open', page: marketplaceOf(cloud) })}>
            {t.openMarketplace}
            <ExternalLink className="size-4" />
          </Button>,
        )}
        {tick('build', t.createBuild)}
        {tick('managed', t.createUserManaged)}
        {isPublic && tick('public', t.createPublic)}
        {tick(
          `redirect:${redirectUri}`,
          t.createRedirect,
          <CopyLine text={redirectUri} what={t.redirectAddress} />,
        )}
        {tick(
          `allow:${redirectUri}`,
          t.createAllowList,
          <CopyLine text={redirectUri} what={t.allowListAddress} />,
        )}
        <li>
          <WayBackChoice connecting={connecting} onChange={onChange} way={way} />
        </li>
        <li className="flex flex-col gap-3">
          <div className="flex flex-wrap items-center justify-between gap-2">
            <h3 className="font-medium">
              {sentence(
                t.createScopes,
                <span key="tick" className="whitespace-nowrap">
                  {t.createScopesTick} <span className="text-muted">{t.tickedOf(ticked, scopes.length)}</span>
                </span>,
              )}
            </h3>
            <Segments
              aria-label={t.kindOfScopes}
              choices={kinds}
              chosen={kind}
              onChoose={setKind}
              look="flex"
            />
          </div>
          {kind === 'classic' && <p className="text-muted">{t.classicNote}</p>}
          <ol aria-label={t.scopesTitle} className="flex flex-col gap-2">
            {scopes.map((scope) =>
              tick(`scope:${scope}`, <CopyLine key={scope} text={scope} what={scope} />, rare.get(scope)),
            )}
          </ol>
        </li>
        {tick('add', t.createAdd)}
      </ol>
      <details className="w-full">
        <summary className="w-fit cursor-default rounded text-muted outline-offset-2 focus-visible:outline-2 focus-visible:outline-focus">
          {t.manifestOffered}
        </summary>
        <div className="mt-3 flex flex-col items-start gap-3">
          <p className="text-muted">{t.manifestNote}</p>
          <Button icon={FileDown} onPress={() => run({ type: 'account.manifest' })}>
            {t.saveManifest}
          </Button>
        </div>
      </details>
      <div className="flex flex-wrap gap-2">
        <Button look="strong" onPress={() => onChange({ step: 'paste' })}>
          {t.nextPaste}
        </Button>
        <Button look="quiet" onPress={() => onChange({ step: 'choose' })}>
          {common.back}
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
      {t.rareScope}
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
        label={isLine ? words : common.done}
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
