import * as z from 'zod';
import { clouds, screens, webPages } from './places.ts';
import { profileFields } from './profile.ts';
import { settingViews } from './settings.ts';
import { dndMinutes, longestZak, mostAssistants } from './zoom/limits.gen.ts';
import { settableStatuses } from './zoom/presence.ts';

/** Longest timer Tally offers, in minutes. Zoom ends "Do not disturb" itself after at most this long. */
const longestTimer = dndMinutes.max;

const preferencesPatch = z.strictObject({
  theme: z.enum(['system', 'light', 'dark']).optional(),
  startHidden: z.boolean().optional(),
  dndMinutes: z.int().min(dndMinutes.min).max(dndMinutes.max).optional(),
  morningHour: z.int().min(0).max(23).optional(),
  keepHistory: z.boolean().optional(),
  allowLinks: z.boolean().optional(),
});

/** One line of words that can be seen: no control characters, nothing that turns the direction of writing. */
const searchWords = z
  .string()
  .trim()
  .min(1)
  .max(100)
  .regex(/^[^\p{C}\p{Zl}\p{Zp}]*$/u);

/** Most characters that are copied: a whole answer of Zoom's, in the advanced panel. */
const mostCopied = 20_000_000;

/** Names a background at Zoom or an upload. */
const mediaId = z.string().min(1).max(200);

const uploadAnswer = z.union([z.enum(['fix', 'send', 'skip']), z.strictObject({ replace: mediaId })]);

const settingKey = z.templateLiteral([z.enum(settingViews), ':', z.string().min(1).max(300)]);

const phoneNumber = z.strictObject({
  country: z.string().max(10),
  code: z.string().max(10),
  number: z.string().max(60),
  label: z.string().max(60),
});

const profileValue = z.union([z.string().max(2_000), z.number(), z.boolean(), z.array(phoneNumber).max(50)]);

const delegates = z.enum(['assistants', 'schedulers']);

/**
 * Everything a person can ask of Tally, as one closed list. The tray menu, the window, links and the command line all send
 * one of these; main parses it and does it. Nothing else changes state. Those with a name are in commands.ts.
 *
 * `presence.set`: `minutes` is how long, 1 to 1440 (Zoom wants at least 20 for "Do not disturb");
 * `until: 'morning'` is the next occurrence of the preferred morning hour.
 *
 * Lazy: as long as there is no window, nothing is parsed, and the schemas would take most of a megabyte.
 */
export const actionSchema = z.lazy(() =>
  z.discriminatedUnion('type', [
    z.strictObject({
      type: z.literal('presence.set'),
      status: z.enum(settableStatuses),
      minutes: z.int().min(1).max(longestTimer).optional(),
      until: z.literal('morning').optional(),
    }),
    z.strictObject({ type: z.literal('presence.keep') }),
    z.strictObject({ type: z.literal('presence.cancel') }),
    z.strictObject({ type: z.literal('presence.retry') }),
    z.strictObject({ type: z.literal('presence.dismiss') }),
    z.strictObject({ type: z.literal('presence.check') }),
    // Connects the active account again after a failure; signs in anew where Zoom has ended the former sign-in.
    z.strictObject({ type: z.literal('account.reconnect') }),
    z.strictObject({ type: z.literal('account.practice') }),
    // The secret goes to the keychain and is never sent back to the window.
    z.strictObject({
      type: z.literal('account.sign-in'),
      clientId: z
        .string()
        .trim()
        .regex(/^[\w.-]{1,200}$/),
      clientSecret: z.string().trim().min(1).max(500).optional(),
      cloud: z.enum(clouds),
    }),
    z.strictObject({ type: z.literal('account.sign-in.browser') }),
    z.strictObject({ type: z.literal('account.sign-in.copy-address') }),
    z.strictObject({ type: z.literal('account.sign-in.paste'), address: z.string().trim().max(4_000) }),
    z.strictObject({ type: z.literal('account.sign-in.cancel') }),
    z.strictObject({ type: z.literal('account.switch'), key: z.string() }),
    z.strictObject({ type: z.literal('account.sign-out'), key: z.string() }),
    // Backgrounds: `open` reads Zoom's list (anew), `choose` asks for files, the others act on the queue or on Zoom's list.
    z.strictObject({ type: z.literal('backgrounds.open') }),
    z.strictObject({ type: z.literal('backgrounds.choose') }),
    z.strictObject({ type: z.literal('backgrounds.answer'), id: mediaId, answer: uploadAnswer }),
    z.strictObject({ type: z.literal('backgrounds.cancel'), id: mediaId }),
    z.strictObject({ type: z.literal('backgrounds.retry'), id: mediaId }),
    z.strictObject({ type: z.literal('backgrounds.remove'), id: mediaId }),
    z.strictObject({ type: z.literal('backgrounds.clear') }),
    z.strictObject({ type: z.literal('backgrounds.delete'), ids: z.array(mediaId).min(1).max(100) }),
    z.strictObject({ type: z.literal('backgrounds.undo') }),
    z.strictObject({ type: z.literal('backgrounds.dismiss') }),
    z.strictObject({ type: z.literal('picture.open') }),
    z.strictObject({ type: z.literal('picture.choose') }),
    z.strictObject({ type: z.literal('picture.remove') }),
    z.strictObject({ type: z.literal('picture.undo') }),
    z.strictObject({ type: z.literal('picture.dismiss') }),
    // Settings: `edit` and `revert` change only what is not saved yet; `resolve` ends a conflict with either side's value.
    z.strictObject({ type: z.literal('settings.open') }),
    z.strictObject({ type: z.literal('settings.edit'), key: settingKey, value: z.json() }),
    z.strictObject({ type: z.literal('settings.revert'), keys: z.array(settingKey).min(1).max(1_000) }),
    z.strictObject({ type: z.literal('settings.resolve'), key: settingKey, take: z.enum(['mine', 'zoom']) }),
    z.strictObject({ type: z.literal('settings.save') }),
    z.strictObject({ type: z.literal('settings.undo'), id: z.string().max(100) }),
    z.strictObject({ type: z.literal('settings.export') }),
    z.strictObject({ type: z.literal('settings.compare') }),
    // Takes these values of the compared file over as edits.
    z.strictObject({ type: z.literal('settings.apply'), keys: z.array(settingKey).min(1).max(1_000) }),
    z.strictObject({ type: z.literal('settings.compare-end') }),
    z.strictObject({ type: z.literal('settings.dismiss') }),
    z.strictObject({ type: z.literal('profile.open') }),
    z.strictObject({ type: z.literal('profile.edit'), field: z.enum(profileFields), value: profileValue }),
    z.strictObject({ type: z.literal('profile.revert'), fields: z.array(z.enum(profileFields)).min(1) }),
    z.strictObject({ type: z.literal('profile.save') }),
    z.strictObject({ type: z.literal('profile.undo') }),
    z.strictObject({ type: z.literal('profile.check-email'), email: z.string().trim().max(300) }),
    z.strictObject({ type: z.literal('profile.dismiss') }),
    z.strictObject({ type: z.literal('delegates.open') }),
    // E-mail addresses or user ids.
    z.strictObject({
      type: z.literal('delegates.add'),
      who: z.array(z.string().trim().min(1).max(300)).min(1).max(mostAssistants),
    }),
    z.strictObject({ type: z.literal('delegates.remove'), kind: delegates, id: z.string().min(1).max(300) }),
    z.strictObject({ type: z.literal('delegates.remove-all'), kind: delegates }),
    z.strictObject({ type: z.literal('delegates.dismiss') }),
    // Main fetches the token and puts it into the clipboard. `ttl` in seconds: a longer-lived one.
    z.strictObject({ type: z.literal('zak.copy'), ttl: z.int().min(1).max(longestZak).optional() }),
    // Takes it out of the clipboard now.
    z.strictObject({ type: z.literal('zak.clear') }),
    // Opens the start link of the personal room.
    z.strictObject({ type: z.literal('zak.start-room') }),
    z.strictObject({ type: z.literal('zak.dismiss') }),
    z.strictObject({ type: z.literal('clipboard.copy'), text: z.string().min(1).max(mostCopied) }),
    z.strictObject({ type: z.literal('web.open'), page: z.enum(webPages) }),
    z.strictObject({ type: z.literal('preferences.set'), patch: preferencesPatch }),
    z.strictObject({ type: z.literal('notice.dismiss'), id: z.string() }),
    // `search` is typed into the screen's search, where it has one.
    z.strictObject({
      type: z.literal('window.open'),
      screen: z.enum(screens).optional(),
      search: searchWords.optional(),
    }),
    z.strictObject({ type: z.literal('app.quit') }),
  ]),
);

export type Action = z.infer<typeof actionSchema>;
