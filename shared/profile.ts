import * as z from 'zod';
import type { TallyError } from './errors.ts';

/** The fields of a profile that a person may change themselves, by Zoom's names. */
export const profileFields = [
  'first_name',
  'last_name',
  'display_name',
  'pronouns',
  'pronouns_option',
  'job_title',
  'company',
  'dept',
  'location',
  'language',
  'timezone',
  'phone_numbers',
  'vanity_name',
  'pmi',
  'use_pmi',
] as const;
export type ProfileField = (typeof profileFields)[number];

export interface PhoneNumber {
  /** Two letters, such as `DE`. */
  readonly country: string;
  /** Such as `+49`. */
  readonly code: string;
  readonly number: string;
  readonly label: string;
}

export type ProfileValue = string | number | boolean | readonly PhoneNumber[];
export type ProfileValues = { readonly [F in ProfileField]?: ProfileValue };

/** The profile of the account as the window shows it. All instants are epoch ms. */
export interface ProfileView {
  readonly phase: 'unknown' | 'loading' | 'ready' | 'failed';
  readonly error?: TallyError;
  /** What Zoom has. A field that Zoom does not tell is absent. */
  readonly values: ProfileValues;
  /** What the person changed and did not save yet; outlasts the window, a restart and a crash. */
  readonly edits: ProfileValues;
  /** An edited field that was changed at Zoom meanwhile. */
  readonly conflicts: readonly ProfileField[];
  readonly invalid: { readonly [F in ProfileField]?: string };
  /** Only an administrator may change it: Zoom's words. */
  readonly locked: { readonly [F in ProfileField]?: string };
  /** What the last save sent and Zoom did not keep. */
  readonly kept: { readonly [F in ProfileField]?: ProfileValue };
  /** Whether the edited name of the personal room is free. */
  readonly room?: { readonly name: string; readonly state: 'checking' | 'free' | 'taken' | 'unknown' };
  readonly saving: boolean;
  readonly problem?: TallyError;
  /** The fields of the last save that can be undone, if any can; present after a restart, too. */
  readonly undo?: { readonly at: number; readonly fields: readonly ProfileField[] };
  /** What one wants at hand; a fact that Zoom does not tell is absent. */
  readonly card: ProfileCard;
}

export interface ProfileCard {
  readonly email?: string;
  readonly account?: string;
  /** In words: "Licensed". */
  readonly plan?: string;
  readonly role?: string;
  readonly lastSignIn?: number;
  readonly created?: number;
  /** Ten digits and more. */
  readonly meetingId?: string;
  readonly meetingLink?: string;
  /** The answer to "does anybody use this e-mail address at Zoom?", once asked. */
  readonly emailCheck?: {
    readonly email: string;
    readonly state: 'checking' | 'used' | 'free' | 'failed';
    readonly error?: TallyError;
  };
  /** What the role allows, in words by subject; absent until read. */
  readonly permissions?: readonly string[];
}

export const profileActions = () => {
  const phoneNumber = z.strictObject({
    country: z.string().max(10),
    code: z.string().max(10),
    number: z.string().max(60),
    label: z.string().max(60),
  });
  const profileValue = z.union([
    z.string().max(2_000),
    z.number(),
    z.boolean(),
    z.array(phoneNumber).max(50),
  ]);
  return [
    z.strictObject({ type: z.literal('profile.open') }),
    z.strictObject({ type: z.literal('profile.edit'), field: z.enum(profileFields), value: profileValue }),
    z.strictObject({ type: z.literal('profile.revert'), fields: z.array(z.enum(profileFields)).min(1) }),
    z.strictObject({ type: z.literal('profile.save') }),
    z.strictObject({ type: z.literal('profile.undo') }),
    z.strictObject({ type: z.literal('profile.check-email'), email: z.string().trim().max(300) }),
    z.strictObject({ type: z.literal('profile.dismiss') }),
  ] as const;
};

export type ProfileAction = z.infer<ReturnType<typeof profileActions>[number]>;
