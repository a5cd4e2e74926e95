import { KeyRound, LoaderCircle, Video } from 'lucide-react';
import { useRef } from 'react';
import type { MissingOperation } from '../../../shared/accounts.ts';
import { zak as t } from '../../../shared/words/en/zak.ts';
import type { ZakView } from '../../../shared/zak.ts';
import { Button } from '../../components/button.tsx';
import { Card } from '../../components/card.tsx';
import { ErrorBar, ErrorWords } from '../../components/error-bar.tsx';
import { PageTitle } from '../../components/page-title.tsx';
import { PermissionNeeded } from '../../components/permission-needed.tsx';
import { Ring } from '../../components/ring.tsx';
import { missingFor } from '../../lib/accounts.ts';
import { useRun } from '../../lib/actions.ts';
import type { ScreenProps } from '../../lib/screen.ts';
import { sentence } from '../../lib/sentence.tsx';
import { clockTime, fractionLeft } from '../../lib/time.ts';
import { useFocusBack } from '../../lib/use-focus-back.ts';
import { useNow } from '../../lib/use-now.ts';
import { lifeLeft } from './lifetimes.ts';
import { LongerToken } from './longer-token.tsx';

const none: ZakView = { phase: 'none', starting: false };

/** The key to one's own meetings: copied without being shown, with its end in sight. */
export default function ZakScreen({ account, snapshot: { zak: view = none } }: ScreenProps) {
  const run = useRun();
  const missing = missingFor(account, 'userZak');
  const longer = missingFor(account, 'userToken');
  return (
    <>
      <PageTitle>{t.title}</PageTitle>
      <p className="-mt-2 max-w-prose text-muted sm:-mt-4">{t.note}</p>
      {view.error && <ErrorBar error={view.error} onDismiss={() => run({ type: 'zak.dismiss' })} />}
      {missing ? <PermissionNeeded title={t.cannotFetch} scopes={missing.scopes} /> : <CopyZak view={view} />}
      {longer ? (
        <PermissionNeeded look="line" title={t.cannotFetchLonger} scopes={longer.scopes} />
      ) : (
        <LongerToken fetching={view.phase === 'fetching'} />
      )}
      {!missing && <PersonalRoom view={view} blind={missingFor(account, 'user')} />}
    </>
  );
}

/** The button, and round its key what is left of the life of the one copied last. */
function CopyZak({ view }: { readonly view: ZakView }) {
  const run = useRun();
  const { phase, expiresAt, lifeMs, clearsAt } = view;
  const now = useNow(expiresAt !== undefined || clearsAt !== undefined);
  const fetching = phase === 'fetching';
  const held = expiresAt !== undefined;
  const alive = held && expiresAt > now;
  const left = alive ? fractionLeft(expiresAt - (lifeMs ?? expiresAt - now), expiresAt, now) : undefined;
  return (
    <Card>
      <section
        aria-label={t.yourZak}
        className="flex flex-col items-center gap-5 p-6 text-center sm:flex-row sm:gap-8 sm:p-8 sm:text-left"
      >
        <Ring left={left}>
          <span className="relative flex flex-col items-center gap-0.5">
            <KeyRound className={`size-7 ${alive ? 'text-text' : 'text-muted'}`} />
            {alive && (
              <span role="timer" aria-label={t.endsIn} className="font-semibold text-sm tabular-nums">
                {lifeLeft(expiresAt - now)}
              </span>
            )}
          </span>
        </Ring>
        <div className="flex min-w-0 flex-1 flex-col items-center gap-4 sm:items-start">
          <div role="status">
            <p className="font-semibold text-lg">{headline(view, now)}</p>
            <p className="text-muted">{detail(view, now)}</p>
          </div>
          <span className="text-base [&>button]:min-h-12 [&>button]:px-6">
            <Button look="strong" isPending={fetching} onPress={() => run({ type: 'zak.copy' })}>
              {fetching ? (
                <LoaderCircle className="size-5 animate-spin motion-reduce:animate-none" />
              ) : (
                <KeyRound className="size-5" />
              )}
              {fetching ? t.fetchingShort : held ? t.copyNew : t.copy}
            </Button>
          </span>
        </div>
      </section>
      <InClipboard view={view} now={now} />
    </Card>
  );
}

function headline({ phase, expiresAt, clearsAt }: ZakView, now: number): string {
  if (phase === 'fetching') return t.fetching;
  if (expiresAt === undefined) return phase === 'failed' ? t.failed : t.ready;
  if (expiresAt <= now) return t.expired;
  return clearsAt !== undefined && clearsAt > now ? t.copied : t.copiedEarlier;
}

function detail({ phase, expiresAt, clearsAt }: ZakView, now: number): string {
  if (phase === 'fetching') return t.toClipboard;
  if (expiresAt === undefined) return t.toClipboardFor;
  if (expiresAt <= now) return t.newIsValidFor;
  const end = clockTime(expiresAt, now);
  return clearsAt !== undefined && clearsAt > now ? t.validUntil(end) : t.until(end);
}

/** What becomes of the copy: when it is cleared, or what happened to it. */
function InClipboard({ view: { clearsAt, cleared }, now }: { readonly view: ZakView; readonly now: number }) {
  const run = useRun();
  const area = useRef<HTMLElement>(null);
  const words = useRef<HTMLParagraphElement>(null);
  const there = clearsAt !== undefined;
  useFocusBack(area, words, there);
  if (!there && !cleared) return null;
  return (
    <section
      ref={area}
      aria-label={t.clipboard}
      className="flex min-h-13 flex-wrap items-center gap-x-4 gap-y-2 px-4 py-2 sm:px-6"
    >
      <p ref={words} tabIndex={-1} className="min-w-0 flex-1 basis-52 outline-none">
        {there ? (
          sentence(
            t.clearsIn,
            <span role="timer" className="font-medium tabular-nums">
              {t.seconds(Math.max(0, Math.ceil((clearsAt - now) / 1_000)))}
            </span>,
          )
        ) : (
          <span role="status">{cleared === 'left' ? t.clipboardLeft : t.clipboardCleared}</span>
        )}
      </p>
      {there && <Button onPress={() => run({ type: 'zak.clear' })}>{t.clearNow}</Button>}
    </section>
  );
}

interface PersonalRoomProps {
  readonly view: ZakView;
  /** What Tally lacks to read where the room is. */
  readonly blind: MissingOperation | undefined;
}

/** Opens the start link of the personal room; main makes it, so that it never passes the window. */
function PersonalRoom({ view, blind }: PersonalRoomProps) {
  const run = useRun();
  return (
    <Card title={t.personalRoom}>
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3 p-4 sm:px-6">
        <div className="min-w-0 flex-1 basis-52 text-muted">
          {blind ? (
            <PermissionNeeded look="line" title={t.cannotReadRoom} scopes={blind.scopes} />
          ) : (
            t.roomNote
          )}
        </div>
        <Button
          icon={Video}
          isDisabled={blind !== undefined}
          isPending={view.starting}
          onPress={() => run({ type: 'zak.start-room' })}
        >
          {view.starting ? t.starting : t.startRoom}
        </Button>
      </div>
      {view.startError && (
        <div role="alert" className="selectable p-4 sm:px-6">
          <ErrorWords error={view.startError} />
        </div>
      )}
    </Card>
  );
}
