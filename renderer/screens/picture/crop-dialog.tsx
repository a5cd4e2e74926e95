import { RotateCcw, RotateCw } from 'lucide-react';
import { type KeyboardEvent, useEffect, useId, useLayoutEffect, useRef, useState } from 'react';
import Cropper from 'react-easy-crop';
import type { TallyError } from '../../../shared/errors.ts';
import type { CropImage } from '../../../shared/picture.ts';
import { dimensionWords } from '../../../shared/words/sizes.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { ErrorWords } from '../../components/error-bar.tsx';
import { Range } from '../../components/range.tsx';
import { imageAddress } from '../../lib/use-image.ts';
import {
  asIs,
  covering,
  draw,
  type Framing,
  keptPixels,
  mostZoom,
  placed,
  rotation,
  type Stage,
} from './framing.ts';
import 'react-easy-crop/react-easy-crop.css';
import { common } from '../../../shared/words/en/common.ts';
import { picture as t } from '../../../shared/words/en/picture.ts';

interface CropDialogProps {
  readonly offered: CropImage;
  readonly use: CropUse;
  /** Takes a PNG or JPEG. Resolves with what went wrong, if anything did. */
  readonly onSave: (bytes: Uint8Array) => Promise<TallyError | undefined>;
  readonly onClose: () => void;
}

/** What is kept, and of what use it is. */
interface CropUse {
  readonly title: string;
  /** Width for a height of 1. */
  readonly aspect: number;
  /** Widest that is kept, and below which it looks blurred; pixels. */
  readonly most: number;
  readonly fine: number;
}

export const cropUses = {
  picture: { title: t.cropPicture, aspect: 1, most: 1_024, fine: 200 },
  background: { title: t.cropBackground, aspect: 16 / 9, most: 1_920, fine: 1_280 },
} as const satisfies Readonly<Record<string, CropUse>>;

const unreadable: TallyError = { kind: 'file', what: t.unreadable, action: 'choose-file' };

/** Chooses the part of a picture that is kept, and saves it. */
export function CropDialog({ offered, use, onSave, onClose }: CropDialogProps) {
  const { aspect } = use;
  const helpId = useId();
  const stageBox = useRef<HTMLDivElement>(null);
  const image = useRef<HTMLImageElement>(null);
  const [address, setAddress] = useState<string>();
  const [media, setMedia] = useState<Omit<Stage, 'side' | 'aspect'>>();
  const [side, setSide] = useState<number>();
  const [wanted, setWanted] = useState(asIs);
  const [saving, setSaving] = useState(false);
  const [error, setError] = useState<TallyError>();

  useEffect(() => {
    const made = imageAddress(offered);
    setAddress(made);
    setWanted(asIs);
    setError(undefined);
    return () => URL.revokeObjectURL(made);
  }, [offered]);
  useLayoutEffect(() => {
    const box = stageBox.current;
    if (!box) return;
    const measure = () =>
      setSide(Math.max(64, Math.min((box.clientWidth - 32) / aspect, box.clientHeight - 32)));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(box);
    return () => observer.disconnect();
  }, [aspect]);

  const stage = media && side !== undefined ? { ...media, side, aspect } : undefined;
  const framing = stage ? covering(wanted, stage) : wanted;
  const most = stage ? mostZoom(stage) : 1;
  const change = (part: Partial<Framing>) =>
    setWanted((before) => {
      const next = { ...before, ...part };
      return stage ? covering(next, stage) : next;
    });
  const zoomTo = (zoom: number) => change({ zoom: Math.min(most, Math.max(1, zoom)) });
  const onKeyDown = ({ key }: KeyboardEvent) => {
    if (key === '+' || key === '=') zoomTo(framing.zoom * 1.1);
    if (key === '-' || key === '_') zoomTo(framing.zoom / 1.1);
  };

  const save = async () => {
    if (!stage || !image.current || saving) return;
    setSaving(true);
    setError(undefined);
    const blob = await drawn(image.current, framing, stage, { most: use.most, type: offered.type });
    const failed = blob ? await onSave(new Uint8Array(await blob.arrayBuffer())) : unreadable;
    setSaving(false);
    if (failed) setError(failed);
    else onClose();
  };

  return (
    <Dialog
      title={use.title}
      onClose={() => !saving && onClose()}
      note={
        error && (
          <div role="alert" className="selectable text-pretty">
            <ErrorWords error={error} />
          </div>
        )
      }
      buttons={
        <>
          <Button look="quiet" isDisabled={saving} onPress={onClose}>
            {common.cancel}
          </Button>
          <Button look="strong" isDisabled={!stage} aria-disabled={saving} onPress={save}>
            {saving ? common.saving : common.save}
          </Button>
        </>
      }
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys are pressed on the crop area within */}
      <div className="flex flex-col gap-4 sm:flex-row" onKeyDown={onKeyDown}>
        <div
          ref={stageBox}
          className="relative h-48 min-w-0 overflow-hidden rounded-xl bg-sunken [direction:ltr] sm:h-72 sm:flex-1"
        >
          {address && side !== undefined && (
            <Cropper
              image={address}
              crop={framing}
              zoom={framing.zoom}
              rotation={rotation(framing)}
              // Where there is no stage yet, the picture is not loaded.
              {...(stage && { transform: placed(framing, stage) })}
              aspect={aspect}
              minZoom={1}
              maxZoom={most}
              keyboardStep={8}
              cropSize={{ width: side * aspect, height: side }}
              restrictPosition={false}
              disableAutomaticStylesInjection
              onCropChange={({ x, y }) => change({ x, y })}
              onZoomChange={zoomTo}
              // It measures before the picture is loaded, too.
              setMediaSize={(size) => size.width > 0 && size.naturalWidth > 0 && setMedia(size)}
              setImageRef={(ref) => {
                image.current = ref.current;
              }}
              mediaProps={{ onError: () => setError(unreadable), alt: '' }}
              cropperProps={{ role: 'application', 'aria-label': t.cropArea, 'aria-describedby': helpId }}
            />
          )}
        </div>
        <Previews image={image} framing={framing} stage={stage} use={use} />
      </div>
      <div className="flex flex-col gap-3">
        <Range
          word={t.zoom}
          min={1}
          max={most}
          step={0.01}
          value={framing.zoom}
          valueWords={t.zoomTimes(
            new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 }).format(framing.zoom),
          )}
          onChange={zoomTo}
        />
        <div className="flex items-center gap-2">
          <Range
            word={t.straighten}
            min={-45}
            max={45}
            step={1}
            value={framing.tilt}
            valueWords={t.tiltDegrees(framing.tilt)}
            onChange={(tilt) => change({ tilt })}
          />
          <Button icon={RotateCcw} aria-label={common.turnLeft} onPress={() => change(turned(framing, -1))} />
          <Button icon={RotateCw} aria-label={common.turnRight} onPress={() => change(turned(framing, 1))} />
        </div>
      </div>
      <p id={helpId} className="text-muted text-xs">
        {t.cropHelp}
      </p>
    </Dialog>
  );
}

/** A quarter turn of the picture with its place in the frame. */
function turned({ x, y, quarters }: Framing, by: 1 | -1): Partial<Framing> {
  return { quarters: quarters + by, x: -y * by, y: x * by };
}

/** Draws what is kept; nothing where it cannot be drawn. */
async function drawn(
  image: HTMLImageElement,
  framing: Framing,
  stage: Stage,
  { most, type }: { readonly most: number; readonly type: string },
): Promise<Blob | null> {
  const canvas = document.createElement('canvas');
  const { width, height } = keptPixels(framing, stage, most);
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d');
  if (!context) return null;
  draw(context, image, framing, stage);
  // Only a JPEG is surely opaque, and need not be kept without loss.
  const kept = type === 'image/jpeg' ? 'image/jpeg' : 'image/png';
  return new Promise((done) => canvas.toBlob(done, kept, 0.95));
}

interface PreviewsProps {
  readonly image: React.RefObject<HTMLImageElement | null>;
  readonly framing: Framing;
  readonly stage: Stage | undefined;
}

function Previews({ image, framing, stage, use }: PreviewsProps & { readonly use: CropUse }) {
  const size = stage && keptPixels(framing, stage, use.most);
  return (
    <figure className="flex shrink-0 items-end gap-4 sm:w-28 sm:flex-col sm:items-start">
      {use.aspect === 1 ? (
        <>
          <Preview
            image={image}
            framing={framing}
            stage={stage}
            className="size-20 rounded-full sm:size-28"
          />
          <Preview image={image} framing={framing} stage={stage} className="size-14 rounded-lg sm:size-20" />
        </>
      ) : (
        <Preview image={image} framing={framing} stage={stage} className="aspect-video w-28 rounded-lg" />
      )}
      <figcaption className="text-muted text-xs tabular-nums">
        {size ? t.pixels(dimensionWords(size)) : t.preview}
        {size && size.width < use.fine && <span className="block text-text">{t.maybeBlurred}</span>}
      </figcaption>
    </figure>
  );
}

function Preview({ image, framing, stage, className }: PreviewsProps & { readonly className: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const pixels = 224;
  const aspect = stage?.aspect ?? 1;
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (context && stage && image.current) draw(context, image.current, framing, stage);
  }, [image, framing, stage]);
  return (
    <canvas
      ref={canvas}
      width={pixels}
      height={Math.round(pixels / aspect)}
      className={`border border-line bg-sunken ${className}`}
    />
  );
}
