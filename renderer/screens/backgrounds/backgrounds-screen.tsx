import { CloudOff, ImagePlus, ShieldOff } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import type { MissingOperation } from '../../../shared/accounts.ts';
import type { BackgroundsView } from '../../../shared/backgrounds.ts';
import type { TallyError } from '../../../shared/errors.ts';
import type { Place } from '../../../shared/places.ts';
import { backgrounds as t } from '../../../shared/words/en/backgrounds.ts';
import { common } from '../../../shared/words/en/common.ts';
import { typeNames } from '../../../shared/words/files.ts';
import { retryWord } from '../../../shared/words/retry.ts';
import { sizeWords } from '../../../shared/words/sizes.ts';
import { uploads } from '../../../shared/zoom/limits.gen.ts';
import { Button } from '../../components/button.tsx';
import { ChooseFiles } from '../../components/choose-files.tsx';
import { ErrorBar, ErrorWords } from '../../components/error-bar.tsx';
import { FilesZone } from '../../components/files-zone.tsx';
import { PageTitle } from '../../components/page-title.tsx';
import { PermissionNeeded } from '../../components/permission-needed.tsx';
import { Segments } from '../../components/segments.tsx';
import { missingFor } from '../../lib/accounts.ts';
import { useRun } from '../../lib/actions.ts';
import type { ScreenProps } from '../../lib/screen.ts';
import { ChangeBar } from '../library/change-bar.tsx';
import { LibraryPane } from '../library/library-pane.tsx';
import { BackgroundGrid, backgroundColumns } from './background-grid.tsx';
import { LeaveOut } from './leave-out.tsx';
import { QuotaMeter } from './quota-meter.tsx';
import { UploadQueue } from './upload-queue.tsx';

/** Virtual backgrounds: what Zoom has, and what is on its way there. */
export default function BackgroundsScreen({ account, snapshot, place }: ScreenProps) {
  const { backgrounds: view, library } = snapshot;
  const run = useRun();
  const [part, setPart] = usePart(place);
  useEffect(() => {
    run({ type: 'library.open' });
  }, [run]);
  const list = missingFor(account, 'userSettings');
  const upload = missingFor(account, 'uploadVBuser');
  const remove = missingFor(account, 'delUserVB');
  const useless = list !== undefined && upload !== undefined;
  useEffect(() => {
    if (!useless) run({ type: 'backgrounds.open' });
  }, [run, useless]);

  const allowed = view?.allowed ?? { enabled: true, upload: true, videos: true };
  const takes = !upload && allowed.enabled && allowed.upload;
  const inLibrary = part === 'library';
  const choose = <Choose videos={allowed.videos} isSent={!inLibrary} isDisabled={!takes && !inLibrary} />;
  const isEmpty = inLibrary ? library?.items.length === 0 : knowledgeOf(view, !list).empty;
  const invites = isEmpty && (inLibrary || takes);
  const isWorth = inLibrary || !useless;
  const sent = takes ? 'backgrounds.add' : undefined;
  return (
    <FilesZone channel={inLibrary ? 'library.add' : sent} invitation={inLibrary ? t.dropToKeep : t.dropToAdd}>
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <div className="flex min-h-9 flex-wrap items-center gap-x-4 gap-y-1">
          <PageTitle>{t.title}</PageTitle>
          {!list && <Places view={view} />}
        </div>
        {isWorth && !invites && choose}
      </div>
      <Segments aria-label={t.which} choices={parts} chosen={part} onChoose={setPart} look="flex w-fit" />
      {library && <ChangeBar view={library} />}
      {view?.problem && (
        <ErrorBar error={view.problem} onDismiss={() => run({ type: 'backgrounds.dismiss' })} />
      )}
      {upload && <PermissionNeeded title={t.cannotUpload} scopes={upload.scopes} />}
      {list && <PermissionNeeded title={t.cannotSee} scopes={list.scopes} />}
      <NotAllowed allowed={allowed} />
      {view && <UploadQueue view={view} />}
      {inLibrary ? (
        <InLibrary snapshot={snapshot} asked={place.search} takes={takes}>
          {choose}
        </InLibrary>
      ) : (
        <AtZoom view={view} isListed={!list} takes={takes} remove={remove}>
          {choose}
        </AtZoom>
      )}
    </FilesZone>
  );
}

/** Which of the backgrounds are shown: what is searched for is in the library. */
function usePart({ search }: Place) {
  const [part, setPart] = useState<Part>('zoom');
  useEffect(() => {
    if (search !== undefined) setPart('library');
  }, [search]);
  return [part, setPart] as const;
}

interface ChooseProps {
  readonly videos: boolean;
  /** To Zoom, and not only kept. */
  readonly isSent: boolean;
  readonly isDisabled: boolean;
}

function Choose({ videos, isSent, isDisabled }: ChooseProps) {
  const accept = ['image/*', ...(videos ? videoTypes : [])].join(',');
  return (
    <ChooseFiles look="strong" icon={ImagePlus} multiple accept={accept} isDisabled={isDisabled}>
      {isSent ? t.chooseFiles : t.addFiles}
    </ChooseFiles>
  );
}

/** How many of Zoom's places are taken, as soon as that is known. */
function Places({ view }: { readonly view: BackgroundsView | undefined }) {
  const { known, empty, waits } = knowledgeOf(view, true);
  if (waits) return <span className="h-4 w-32 animate-pulse rounded bg-sunken motion-reduce:animate-none" />;
  return view && (known || empty) && <QuotaMeter quota={view.quota} />;
}

interface InLibraryProps extends Pick<ScreenProps, 'snapshot'> {
  /** What was searched for by what led here. */
  readonly asked: string | undefined;
  readonly takes: boolean;
  /** The button that chooses files. */
  readonly children: ReactNode;
}

/** What is kept on this computer. */
function InLibrary({ snapshot: { library, backgrounds }, asked, takes, children }: InLibraryProps) {
  return (
    <>
      {library && <LibraryPane view={library} asked={asked} puttable={takes} choose={children} />}
      {backgrounds && <LeaveOut on={!backgrounds.sendsAll} />}
    </>
  );
}

interface AtZoomProps {
  readonly view: BackgroundsView | undefined;
  readonly isListed: boolean;
  readonly takes: boolean;
  /** What Tally lacks to delete. */
  readonly remove: MissingOperation | undefined;
  /** The button that chooses files. */
  readonly children: ReactNode;
}

/** What Zoom has, or why that is not known. */
function AtZoom({ view, isListed, takes, remove, children }: AtZoomProps) {
  const { known, empty, waits, failure } = knowledgeOf(view, isListed);
  const videos = view?.allowed.videos ?? true;
  return (
    <>
      {failure && <NotRead error={failure} known={known} />}
      {waits && <Skeleton />}
      {empty && takes && <Empty videos={videos}>{children}</Empty>}
      {view && known && <BackgroundGrid view={view} deletable={!remove} />}
      {view && <Foot view={view} videos={takes ? videos : undefined} missing={remove} />}
    </>
  );
}

type Part = 'zoom' | 'library';

const parts = [
  { value: 'zoom', word: t.zoom },
  { value: 'library', word: t.library },
] as const satisfies readonly { readonly value: Part; readonly word: string }[];

const videoTypes = uploads.uploadVBuser.types.filter((type) => type.startsWith('video/'));

/** Whether there are some, at Zoom or on their way there, none, or that is not known yet, and why it may never be. */
function knowledgeOf(view: BackgroundsView | undefined, isListed: boolean) {
  const known = view !== undefined && view.files.length > 0;
  const empty = view?.phase === 'ready' && !known;
  const failed = view?.phase === 'failed';
  return {
    known,
    empty,
    waits: isListed && !known && !failed && !empty,
    failure: isListed && failed ? view.error : undefined,
  };
}

interface HintsProps {
  /** Whether videos are taken; absent where nothing is. */
  readonly videos: boolean | undefined;
  /** What Tally lacks to delete. */
  readonly missing: MissingOperation | undefined;
}

/** What holds for all files, below them. */
function Foot({ view, ...hints }: HintsProps & { readonly view: BackgroundsView }) {
  const some = view.files.length + view.queue.length > 0;
  return (
    <>
      {(some || view.phase === 'ready') && hints.videos !== undefined && <LeaveOut on={!view.sendsAll} />}
      {some && <Hints {...hints} />}
    </>
  );
}

function Hints({ videos, missing }: HintsProps) {
  return (
    <div className="flex flex-col gap-1 text-muted text-xs">
      {videos !== undefined && <p>{t.dropHint(whatFits(videos))}</p>}
      <p>{t.mirrorHint}</p>
      <p>{t.notShowingHint}</p>
      {missing && <PermissionNeeded look="line" title={t.cannotDelete} scopes={missing.scopes} />}
    </div>
  );
}

function whatFits(videos: boolean): string {
  const { types, sureBytes } = uploads.uploadVBuser;
  const taken = types.filter((type) => videos || !type.startsWith('video/'));
  return t.filesUpTo(typeNames(taken), sizeWords(sureBytes));
}

function NotAllowed({ allowed }: Pick<BackgroundsView, 'allowed'>) {
  const words = !allowed.enabled
    ? t.switchedOff
    : !allowed.upload
      ? t.noOwnBackgrounds
      : !allowed.videos && t.noVideos;
  if (!words) return null;
  return (
    <p className="flex items-center gap-3 rounded-xl border border-line bg-surface px-4 py-3">
      <ShieldOff className="size-5 shrink-0 text-muted" />
      {words}
    </p>
  );
}

function NotRead({ error, known }: { readonly error: TallyError; readonly known: boolean }) {
  const run = useRun();
  if (error.scopes?.length) return <PermissionNeeded title={t.cannotSee} scopes={error.scopes} />;
  const signIn = error.action === 'sign-in';
  const retry = () => run({ type: signIn ? 'account.reconnect' : 'backgrounds.open' });
  return (
    <section
      aria-label={t.notUpToDate}
      className="flex flex-wrap items-center gap-x-3 gap-y-2 rounded-xl border border-line bg-surface py-2 pr-2 pl-4"
    >
      <CloudOff className="size-5 shrink-0 text-muted" />
      <div role="alert" className="selectable min-w-0 flex-1 basis-52 py-1.5">
        <ErrorWords error={error} />
        {known && <p className="text-muted">{t.formerBelow}</p>}
      </div>
      <Button onPress={retry}>{retryWord(error) ?? common.tryAgain}</Button>
    </section>
  );
}

function Empty({ videos, children }: { readonly videos: boolean; readonly children: ReactNode }) {
  return (
    <div className="flex flex-1 flex-col items-center justify-center gap-4 rounded-2xl border-2 border-edge border-dashed p-6 text-center">
      <span className="grid size-16 place-items-center rounded-full bg-sunken text-muted">
        <ImagePlus className="size-7" />
      </span>
      <div>
        <h2 className="font-semibold text-base">{t.empty}</h2>
        <p className="text-muted">{t.emptyHint(whatFits(videos))}</p>
      </div>
      {children}
    </div>
  );
}

/** Takes the very room that the first backgrounds will take. */
function Skeleton() {
  return (
    <div aria-busy="true" className="flex flex-col gap-3">
      <p className="sr-only">{t.reading}</p>
      <div className="flex min-h-11 items-center sm:min-h-9">
        <div className="h-4 w-16 animate-pulse rounded bg-sunken motion-reduce:animate-none" />
      </div>
      <div className={backgroundColumns}>
        {['a', 'b', 'c', 'd', 'e', 'f'].map((key) => (
          <div
            key={key}
            className="animate-pulse overflow-hidden rounded-xl border border-line bg-surface motion-reduce:animate-none"
          >
            <div className="aspect-video bg-sunken" />
            <div className="h-13" />
          </div>
        ))}
      </div>
    </div>
  );
}
