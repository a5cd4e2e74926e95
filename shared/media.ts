import type { TallyError } from './errors.ts';

/** The kinds of files that Zoom takes: by media type, by what people call them, and the endings that name them rightly, usual first. */
export const mediaKinds = {
  jpeg: { type: 'image/jpeg', name: 'JPG', endings: ['jpg', 'jpeg'] },
  png: { type: 'image/png', name: 'PNG', endings: ['png'] },
  gif: { type: 'image/gif', name: 'GIF', endings: ['gif'] },
  mp4: { type: 'video/mp4', name: 'MP4', endings: ['mp4'] },
  mov: { type: 'video/quicktime', name: 'MOV', endings: ['mov'] },
} as const satisfies Readonly<
  Record<string, { readonly type: string; readonly name: string; readonly endings: readonly string[] }>
>;

export type MediaKind = keyof typeof mediaKinds;

/** What is known of a picture or video without decoding it. */
export interface MediaFacts {
  readonly kind: MediaKind;
  readonly type: 'image' | 'video';
  readonly bytes: number;
  /** Pixels: of an image as stored, before `orientation`; of a video as seen, after rotation. */
  readonly width: number;
  readonly height: number;
  /** Over 1: animated. Images only. */
  readonly frames?: number;
  /** Exif orientation 1 to 8, when stated. */
  readonly orientation?: number;
  /** Of a video, such as `avc`. */
  readonly codec?: string;
  /** Duration of a video, when stated. */
  readonly seconds?: number;
}

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
  /** Zoom's own, which cannot be deleted. */
  readonly isDefault: boolean;
}

export interface BackgroundView extends ListedFile {
  /** sha256 of the local copy, where one is kept. */
  readonly copy?: string;
}

/**
 * Where an upload is. Final are `refused`, `done`, `failed` and `cancelled`.
 * - question: the person decides; see `question`
 * - refused: Zoom would not take the file
 * - zoom: all bytes are handed over, Zoom has not answered yet
 * - checking: it broke off where Zoom may have taken it, so Zoom's list is read before anything else
 * - paused: goes on by itself, at `until` or when the connection is back; `why` tells what it waits for
 */
export type UploadPhase =
  | 'inspecting'
  | 'question'
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
  readonly question?: UploadQuestion;
  readonly error?: TallyError;
  readonly until?: number;
  readonly why?: PauseReason;
  readonly notes?: readonly string[];
}

export type UploadQuestion =
  | {
      readonly kind: 'fixable';
      readonly words: string;
      readonly before: MediaFacts;
      /** Present once the fixed file is made. */
      readonly after?: MediaFacts;
    }
  /** The same content is in the queue or at Zoom already, under this name. */
  | { readonly kind: 'duplicate'; readonly of: string }
  /** Zoom has ten: which one to replace? */
  | { readonly kind: 'quota' };

/** What a person answers: `fix` to fixable, `send` to duplicate, `replace` to quota, `skip` to each. */
export type UploadAnswer = 'fix' | 'send' | 'skip' | { readonly replace: string };

/** The profile picture of the account. Its pixels come by `picture.shown`. */
export interface PictureView {
  /** `failed`: what Zoom has could not be found out or read; see `error`. */
  readonly phase: 'unknown' | 'loading' | 'none' | 'shown' | 'failed';
  /** Grows whenever `picture.shown` has something new to give. */
  readonly version: number;
  readonly busy?: 'saving' | 'removing';
  /** The last thing that did not work. */
  readonly error?: TallyError;
  /** The picture was removed and can be put back. */
  readonly undo?: boolean;
}

/** An encoded picture that a window can show. */
export interface ShownImage {
  readonly bytes: Uint8Array;
  /** Media type. */
  readonly type: string;
}

/** A picture to crop: upright, at most 2,048 pixels a side. */
export interface CropImage extends ShownImage {
  /** Of the file. */
  readonly name: string;
}

/** Most bytes of files without a path (pasted pictures) that cross to main at once, 100 MB. */
export const mostPasted = 100_000_000;
