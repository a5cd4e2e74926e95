import { CircleCheck, CircleSlash, Clock, RotateCw, TriangleAlert, X } from 'lucide-react';
import { ProgressBar } from 'react-aria-components/ProgressBar';
import type { BackgroundView, UploadPhase, UploadView } from '../../../shared/backgrounds.ts';
import { backgrounds as t } from '../../../shared/words/en/backgrounds.ts';
import { common } from '../../../shared/words/en/common.ts';
import { spoken } from '../../../shared/words/language.ts';
import { sizeWords } from '../../../shared/words/sizes.ts';
import { Button } from '../../components/button.tsx';
import { PermissionNeeded } from '../../components/permission-needed.tsx';
import { useRun } from '../../lib/actions.ts';
import { Thumbnail } from './thumbnail.tsx';
import { UploadQuestionPart } from './upload-question.tsx';
import { fractionSent, isFinished, stateWords } from './words.ts';

const icons: { readonly [S in UploadPhase]?: typeof Clock } = {
  done: CircleCheck,
  refused: TriangleAlert,
  failed: TriangleAlert,
  cancelled: CircleSlash,
  paused: Clock,
};

interface UploadRowProps {
  readonly upload: UploadView;
  readonly files: readonly BackgroundView[];
  /** Epoch ms. */
  readonly now: number;
}

function canBeTried({ state, error }: UploadView): boolean {
  if (state === 'failed') return error?.action !== 'add-scope';
  return state === 'cancelled' || (state === 'refused' && error?.action === 'retry');
}

/** Needs nobody any more, and takes one line. */
export function isQuiet({ state, notes }: UploadView): boolean {
  return state === 'done' && !notes?.length;
}

/** The picture of a file on its way, as large as its place. */
export function UploadThumbnail({ upload }: Pick<UploadRowProps, 'upload'>) {
  const { id, bytes, state, facts, question } = upload;
  return (
    <span className="block size-full overflow-hidden rounded-md border border-line">
      <Thumbnail
        of="upload"
        id={id}
        type={question?.kind === 'video' ? 'video' : facts?.type}
        // What is put back after a deletion has no facts: it was looked at before.
        content={state === 'inspecting' ? undefined : `${bytes}`}
      />
    </span>
  );
}

/** One file on its way: what it is, where it is, and what can be done with it. */
export function UploadRow({ upload, files, now }: UploadRowProps) {
  const run = useRun();
  const { id, name, bytes, state, error, notes } = upload;
  const finished = isFinished(upload);
  const again = canBeTried(upload);
  const bad = state === 'failed' || state === 'refused';
  const Icon = icons[state];
  const words = stateWords(upload, now);
  const folded = isQuiet(upload);
  return (
    <li className={`flex flex-col gap-3 px-3 sm:px-4 ${folded ? 'py-1' : 'py-3'}`}>
      <div className="flex items-center gap-3">
        <span className={`${folded ? 'mx-4 h-5 w-8' : 'h-10 w-16'} shrink-0`}>
          <UploadThumbnail upload={upload} />
        </span>
        <div
          className={`min-w-0 flex-1 ${folded ? 'flex flex-wrap items-center justify-between gap-x-4' : ''}`}
        >
          <p className="flex min-w-0 items-baseline gap-2">
            <bdi className="truncate font-medium" title={name}>
              {name}
            </bdi>
            {bytes > 0 && (
              <span className="shrink-0 text-muted text-xs tabular-nums">{sizeWords(bytes)}</span>
            )}
          </p>
          <p className="flex items-center gap-1.5 text-muted text-xs">
            {Icon && <Icon className={`size-3.5 shrink-0 ${bad ? 'text-danger' : ''}`} />}
            <span className="tabular-nums">{words}</span>
          </p>
          {/* Always there, so that nothing moves when sending begins or ends. */}
          {!folded && <Progress upload={upload} words={words} />}
        </div>
        <div className="flex shrink-0 gap-1">
          {again && (
            <Button
              look="quiet"
              icon={RotateCw}
              aria-label={common.tryAgainOf(name)}
              onPress={() => run({ type: 'backgrounds.retry', id })}
            />
          )}
          {state !== 'question' && (
            <Button
              look="quiet"
              icon={X}
              aria-label={finished ? t.hideOne(name) : t.cancelOne(name)}
              onPress={() => run({ type: finished ? 'backgrounds.remove' : 'backgrounds.cancel', id })}
            />
          )}
        </div>
      </div>
      {state === 'question' && (
        <fieldset aria-label={t.aboutOne(name)} className="-mt-1.5 flex min-w-0 flex-col gap-3 sm:pl-19">
          <UploadQuestionPart upload={upload} files={files} />
        </fieldset>
      )}
      {error && (state === 'failed' || state === 'refused') && (
        <div className="selectable -mt-1.5 text-pretty sm:pl-19">
          <p>{spoken(error.what)}</p>
          {error.why && <p className="text-muted">{spoken(error.why)}</p>}
          {error.scopes && error.scopes.length > 0 && <PermissionNeeded look="part" scopes={error.scopes} />}
        </div>
      )}
      {notes?.map((note) => (
        <p key={note} className="-mt-1.5 text-pretty text-muted text-xs sm:pl-19">
          {spoken(note)}
        </p>
      ))}
    </li>
  );
}

function Progress({ upload, words }: { readonly upload: UploadView; readonly words: string }) {
  const fraction = fractionSent(upload);
  if (fraction === undefined) return <div className="mt-1.5 h-1" />;
  return (
    <ProgressBar
      aria-label={upload.state === 'making' ? t.makingOne(upload.name) : t.sendingOne(upload.name)}
      value={fraction * 100}
      valueLabel={words}
    >
      <span className="mt-1.5 block h-1 overflow-hidden rounded-full bg-line forced-color-adjust-none forced-colors:bg-bg forced-colors:outline forced-colors:outline-line">
        <span
          className={`block h-full origin-left rounded-full bg-focus transition-transform duration-150 rtl:origin-right motion-reduce:transition-none ${fraction === 1 ? 'animate-pulse motion-reduce:animate-none' : ''}`}
          style={{ transform: `scaleX(${fraction})` }}
        />
      </span>
    </ProgressBar>
  );
}
