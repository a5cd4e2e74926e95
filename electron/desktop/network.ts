import { type Session, session } from 'electron';
import { createNetwork } from '../core/http/network.ts';
import { trustSystemCertificates } from './certificates.ts';
import { clock } from './clock.ts';

let settings: Session | undefined;

/** The window's own session has a proxy that cannot be, so that it reaches nothing; this one is made to be asked, and loads nothing. */
async function openSettings(): Promise<Session> {
  const own = session.fromPartition('proxy', { cache: false });
  // Chromium would fetch its dictionary from Google for every session.
  own.setSpellCheckerLanguages([]);
  await own.setProxy({ mode: 'system' });
  return own;
}

/** This computer's way to the internet. The system is asked from the first request to another computer on, not before. */
export const network = createNetwork({
  clock,
  env: process.env,
  async askSystem(url) {
    settings ??= await openSettings();
    return settings.resolveProxy(url);
  },
  trustSystem: trustSystemCertificates,
});
