import { RotateCcw, RotateCw } from 'lucide-react';
import { useState } from 'react';
import type { UploadQuestion } from '../../../shared/backgrounds.ts';
import {
  encodingOf,
  firstCut,
  longestAt,
  type VideoCut,
  type VideoTurn,
  videoLines,
} from '../../../shared/video.ts';
import { durationWords, positionWords } from '../../../shared/words/durations.ts';
import { backgrounds as t } from '../../../shared/words/en/backgrounds.ts';
import { common } from '../../../shared/words/en/common.ts';
import { dimensionWords, sizeWords } from '../../../shared/words/sizes.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Range } from '../../components/range.tsx';
import { Segments } from '../../components/segments.tsx';
import { BeforeAfter } from './before-after.tsx';
import { useFrame } from './use-frame.ts';

interface FitVideoDialogProps {
  /** Of the upload. */
  readonly id: string;
  readonly name: string;
  readonly before: Extract<UploadQuestion, { kind: 'video' }>['before'];
  readonly onMake: (cut: VideoCut) => void;
  readonly onClose: () => void;
}

const sizes = videoLines.map((lines) => ({ value: lines, word: `${lines}p` }));
/** Least that is kept, in seconds, where there is so much. */
const leastKept = 0.5;

/** Chooses which part of a video is kept and how it is seen, and tells what comes of it before it is made. */
export function FitVideoDialog({ id, name, before, onMake, onClose }: FitVideoDialogProps) {
  const { seconds } = before;
  const [cut, setCut] = useState(() => firstCut(before, seconds));
  const [at, setAt] = useState(0);
  const src = useFrame(id, { at, turn: cut.turn });
  const change = (part: Partial<VideoCut>) => setCut((now) => ({ ...now, ...part }));
  const least = Math.min(leastKept, seconds);
  const step = seconds > 600 ? 1 : 0.1;
  const trim = (part: { readonly start?: number; readonly end?: number }) => {
    const start = Math.min(part.start ?? cut.start, cut.end - least);
    const end = Math.max(part.end ?? cut.end, cut.start + least);
    const next = { start: Math.max(0, start), end: Math.min(end, Math.max(seconds, least)) };
    change(next);
    // The last frame is a little before the end.
    setAt(part.start === undefined ? Math.max(0, next.end - 0.1) : next.start);
  };
  const turned = (by: 90 | 270) => change({ turn: ((cut.turn + by) % 360) as VideoTurn });

  const kept = cut.end - cut.start;
  const longest = longestAt(before, cut);
  const isTooLong = kept > longest;
  const made = encodingOf(before, cut);
  return (
    <Dialog
      title={t.makeItFit}
      onClose={onClose}
      buttons={
        <>
          <Button look="quiet" onPress={onClose}>
            {common.cancel}
          </Button>
          <Button look="strong" isDisabled={isTooLong} onPress={() => onMake(cut)}>
            {t.makeAndUpload}
          </Button>
        </>
      }
    >
      <bdi className="-mt-3 shrink-0 truncate text-muted" title={name}>
        {name}
      </bdi>
      <div className="grid h-40 shrink-0 place-items-center overflow-hidden rounded-xl bg-sunken sm:h-52">
        {src && (
          <img
            src={src}
            alt={t.videoAt(positionWords(at))}
            draggable={false}
            className="size-full min-h-0 object-contain"
          />
        )}
      </div>
      <div className="flex flex-col gap-1">
        <Range
          word={t.start}
          min={0}
          max={seconds}
          step={step}
          value={cut.start}
          valueWords={positionWords(cut.start)}
          onChange={(start) => trim({ start })}
        />
        <Range
          word={t.end}
          min={0}
          max={seconds}
          step={step}
          value={cut.end}
          valueWords={positionWords(cut.end)}
          onChange={(end) => trim({ end })}
        />
        <p className="text-muted text-xs tabular-nums">
          {t.keeps(
            positionWords(kept),
            positionWords(seconds),
            positionWords(cut.start),
            positionWords(cut.end),
          )}
        </p>
        {/* Beside what is to be changed, where a low window shows it, too. */}
        <p role="status" className="text-pretty text-xs">
          {isTooLong && t.tooLong(cut.lines, durationWords(longest * 1_000))}
        </p>
      </div>
      <div className="flex flex-wrap items-center gap-2">
        <Segments
          aria-label={t.size}
          choices={sizes}
          chosen={cut.lines}
          onChoose={(lines) => change({ lines })}
          look="inline-flex"
        />
        <Button icon={RotateCcw} aria-label={common.turnLeft} onPress={() => turned(270)} />
        <Button icon={RotateCw} aria-label={common.turnRight} onPress={() => turned(90)} />
      </div>
      <BeforeAfter
        before={
          <>
            {dimensionWords(before)}, {positionWords(seconds)},{' '}
            <span className="font-medium">{sizeWords(before.bytes)}</span>
          </>
        }
        after={
          <>
            {dimensionWords(made)}, {positionWords(kept)},{' '}
            <span className="font-medium">{t.upTo(sizeWords(made.bytes))}</span>
          </>
        }
      />
      <p className="text-pretty text-muted text-xs">{t.becomesMp4}</p>
    </Dialog>
  );
}
