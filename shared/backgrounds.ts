import * as z from 'zod';
import type { TallyError } from './errors.ts';
import type { MediaFacts } from './media.ts';
import { type VideoCut, videoLines, videoTurns } from './video.ts';

/** The backgrounds of the account as the window shows them. All instants are epoch ms. */
export interface BackgroundsView {
  /** `failed`: the list could not be read; `files` are then what was known before. */
  readonly phase: 'unknown' | 'loading' | 'ready' | 'failed';
  readonly error?: TallyError;
  /** Zoom's list, newest knowledge. */
  readonly files: readonly BackgroundView[];
  readonly quota: { readonly used: number; readonly max: number };
  /** What the person's settings at Zoom allow; true where Zoom does not tell. */
  readonly allowed: Allowed;
  /** In order of adding. */
  readonly queue: readonly UploadView[];
  /** What the person asked for last did not work (files that could not be taken, a deletion); stays until dismissed. */
  readonly problem?: TallyError;
  /** The last deletion, of which `count` files can be uploaded again from kept copies. */
  readonly undo?: { readonly count: number; readonly until: number };
  /** Pictures are sent with all that is in their files: place, camera, motion. */
  readonly sendsAll?: true;
}

export interface Allowed {
  readonly enabled: boolean;
  readonly upload: boolean;
  readonly videos: boolean;
}

/** A background at Zoom. */
export interface ListedFile {
  readonly id: string;
  readonly name: string;
  /** 0 where Zoom does not tell. */
  readonly bytes: number;
  readonly type: 'image' | 'video';
  /** Set as the person's default background. */
  readonly isDefault: boolean;
}

export interface BackgroundView extends ListedFile {
  /** sha256 of the local copy, where one is kept. */
  readonly copy?: string;
}

/**
 * Where an upload is. Final are `refused`, `done`, `failed` and `cancelled`.
 * - question: the person decides; see `question`
 * - making: another video is made of it, one that Zoom takes; see `making`
 * - refused: Zoom would not take the file
 * - zoom: all bytes are handed over, Zoom has not answered yet
 * - checking: it broke off where Zoom may have taken it, so Zoom's list is read before anything else
 * - paused: goes on by itself, at `until` or when the connection is back; `why` tells what it waits for
 */
export type UploadPhase =
  | 'inspecting'
  | 'question'
  | 'making'
  | 'refused'
  | 'waiting'
  | 'sending'
  | 'zoom'
  | 'checking'
  | 'paused'
  | 'done'
  | 'failed'
  | 'cancelled';

export type PauseReason = 'offline' | 'limit' | 'zoom-down';

export interface UploadView {
  readonly id: string;
  readonly name: string;
  readonly bytes: number;
  readonly facts?: MediaFacts;
  readonly state: UploadPhase;
  /** Bytes handed to the connection, ahead of what Zoom has. */
  readonly sent?: number;
  /** How much of the video is made, 0 to 1; `again`: at the first try it came out too large. */
  readonly making?: { readonly share: number; readonly again?: true };
  readonly question?: UploadQuestion;
  readonly error?: TallyError;
  readonly until?: number;
  readonly why?: PauseReason;
  readonly notes?: readonly string[];
}

export type UploadQuestion =
  | {
      readonly kind: 'fixable';
      /** Make it smaller, turn it upright, make one of a kind that Zoom takes, put a colour behind it. */
      readonly fix: 'shrink' | 'turn' | 'convert' | 'fill';
      readonly words: string;
      readonly before: MediaFacts;
      /** Present once the fixed file is made. */
      readonly after?: MediaFacts;
      /** With `fill`: the colour, such as #ffffff. */
      readonly behind?: string;
      /** It can be sent as it is, too. */
      readonly asIs?: true;
      /** With `turn`: so many other uploads ask the same. */
      readonly alike?: number;
    }
  /** A video of which one can be made that Zoom takes. */
  | {
      readonly kind: 'video';
      readonly words: string;
      /** As it is seen. */
      readonly before: Pick<MediaFacts, 'width' | 'height' | 'bytes'> & { readonly seconds: number };
      /** It can be sent as it is, too. */
      readonly asIs?: true;
    }
  /** The same content is in the queue or at Zoom already, under this name. */
  | { readonly kind: 'duplicate'; readonly of: string }
  /** Zoom has ten: which one to replace? */
  | { readonly kind: 'quota' };

/**
 * What a person answers: `fix` to fixable, there also `as` or `behind` for another copy, `video` to that, `send` to duplicate or as it
 * is, `replace` to quota, `skip` to each.
 */
export type UploadAnswer =
  | 'fix'
  | 'send'
  | 'skip'
  | { readonly replace: string }
  | { readonly as: 'jpeg' | 'png' }
  | { readonly behind: string }
  | { readonly video: VideoCut };

/** `open` reads Zoom's list (anew), `choose` asks for files, `leave-out` is for the pictures added from then on, the others act on the queue or on Zoom's list. */
export const backgroundsActions = () => {
  /** Names a background at Zoom or an upload. */
  const mediaId = z.string().min(1).max(200);
  const seconds = z.number().min(0).max(1_000_000);
  const cut = z
    .strictObject({
      start: seconds,
      end: seconds,
      turn: z.literal(videoTurns),
      lines: z.literal(videoLines),
    })
    .refine(({ start, end }) => end > start);
  const answer = z.union([
    z.enum(['fix', 'send', 'skip']),
    z.strictObject({ replace: mediaId }),
    z.strictObject({ as: z.enum(['jpeg', 'png']) }),
    z.strictObject({ behind: z.string().regex(/^#[0-9a-f]{6}$/) }),
    z.strictObject({ video: cut }),
  ]);
  return [
    z.strictObject({ type: z.literal('backgrounds.open') }),
    z.strictObject({ type: z.literal('backgrounds.choose') }),
    z.strictObject({ type: z.literal('backgrounds.answer'), id: mediaId, answer }),
    // Of one turned picture, for all that wait for the same answer or are still looked at.
    z.strictObject({ type: z.literal('backgrounds.answer-turned'), answer: z.enum(['fix', 'send', 'skip']) }),
    z.strictObject({ type: z.literal('backgrounds.cancel'), id: mediaId }),
    z.strictObject({ type: z.literal('backgrounds.retry'), id: mediaId }),
    z.strictObject({ type: z.literal('backgrounds.remove'), id: mediaId }),
    z.strictObject({ type: z.literal('backgrounds.clear') }),
    z.strictObject({ type: z.literal('backgrounds.delete'), ids: z.array(mediaId).min(1).max(100) }),
    z.strictObject({ type: z.literal('backgrounds.undo') }),
    z.strictObject({ type: z.literal('backgrounds.leave-out'), on: z.boolean() }),
    z.strictObject({ type: z.literal('backgrounds.dismiss') }),
  ] as const;
};

export type BackgroundsAction = z.infer<ReturnType<typeof backgroundsActions>[number]>;
