import { app } from 'electron';
import type { TallyDeps } from '../core/tally.ts';
import { openJsonFile } from './json-file.ts';
import { releases } from './releases.ts';

/** What Tally needs to know of a newer one; undefined where nobody is to be asked. */
export function releaseSource(): TallyDeps['releases'] {
  if (process.env.TALLY_NO_UPDATE_CHECK || !app.isPackaged || isNowhere(releases.feed)) return undefined;
  const memory = openJsonFile(app.getPath('userData'), 'releases');
  return { version: app.getVersion(), feed: releases.feed, memory };
}

function isNowhere(address: string): boolean {
  return new URL(address).hostname.endsWith('.invalid');
}
