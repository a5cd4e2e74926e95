import { rankings } from 'match-sorter';
import { search } from '../../lib/search.ts';
import { termsOf } from '../../lib/terms.ts';

/** A setting that is on Zoom's website, and that the API neither tells nor takes. */
export interface PortalSetting {
  /** As the web portal calls it. */
  readonly title: string;
  /** What else finds it. */
  readonly words: readonly string[];
}

/**
 * Settings that people look for and that no setting of the reference of December 2025 (GET and PATCH settings) is. The names
 * are from: [P] a script that reads them off zoom.us/profile/setting (CheckZoomSettings by BlazerYoo); [C] the CIS
 * benchmark for Zoom as in turbot/steampipe-mod-zoom-compliance, where most of them carry "no API available"; [S] Syracuse
 * University's list of Zoom's settings. What only an administrator finds there is left out.
 */
export const portalOnly: readonly PortalSetting[] = [
  // [P]
  {
    title: 'Mute all participants when they join a meeting',
    words: ['mute participants upon entry', 'muted'],
  },
  { title: 'Allow participants to rename themselves', words: ['change their name'] },
  { title: 'Allow removed participants to rejoin', words: ['kicked', 'banned'] },
  { title: 'Hide participant profile pictures in a meeting', words: ['photos', 'avatars'] },
  { title: 'Identify guest participants in the meeting/webinar', words: ['external'] },
  { title: 'Report to Zoom', words: ['abuse'] },
  { title: 'Upcoming meeting reminder', words: ['notification', 'desktop'] },
  { title: 'Join different meetings simultaneously on desktop', words: ['two meetings at once'] },
  { title: 'Approve or block entry for users from specific countries/regions', words: ['geo'] },
  { title: 'Allow Zoom Rooms to start meeting with Host Key', words: [] },
  { title: 'Video filters', words: ['effects', 'stickers'] },
  { title: 'Immersive View', words: ['scene', 'together'] },
  {
    title: 'Allow users to select stereo audio in their client settings',
    words: ['music', 'original sound'],
  },
  { title: 'Only show default email when sending email invites', words: ['invitations'] },
  { title: 'Use HTML format email for Outlook plugin', words: ['invitations'] },
  {
    title: 'Show “Always join from browser” option when joining from join.zoom.us',
    words: ['web client'],
  },
  { title: 'Show a custom disclaimer when starting or joining a meeting', words: ['terms'] },
  {
    title: 'When the cloud recording is going to be permanently deleted from trash',
    words: ['notification'],
  },
  { title: 'Blur snapshot on iOS app switcher', words: ['task switcher', 'iPhone'] },
  { title: 'Call a SIP/H.323 room system directly from the client', words: [] },
  // [C]
  { title: 'Only allow specified file types', words: ['file transfer', 'extensions'] },
  { title: 'Allow saving of shared screens with annotations', words: ['annotate'] },
  { title: 'Only the user who is sharing can annotate', words: ['annotation'] },
  { title: 'Allow saving of whiteboard content', words: [] },
  { title: 'Auto save whiteboard content when sharing is stopped', words: [] },
  { title: 'Hosts can give participants the permission to record locally', words: ['local recording'] },
  { title: 'Cloud recording downloads', words: ['downloading'] },
  { title: 'Only the host can download cloud recordings', words: ['downloading'] },
  // [S]
  { title: 'The host can delete cloud recordings', words: [] },
];

/** So few letters are in too many names. */
const fewest = 4;
const most = 3;

/** The settings that can only be changed on Zoom's website and are searched for, at most three. */
export function findPortalOnly(query: string): readonly PortalSetting[] {
  if (termsOf(query).join('').length < fewest) return [];
  return search(portalOnly, query, {
    title: ({ title }) => title,
    others: [{ key: ({ words }) => [...words], threshold: rankings.WORD_STARTS_WITH }],
  }).slice(0, most);
}
