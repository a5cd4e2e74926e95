import { expect } from 'vitest';
import type { UploadFile } from '../../electron/core/http/multipart.ts';
import type { Seen } from './scripted-server.ts';

interface TrackedFile extends UploadFile {
  opened: number;
  closed: number;
}

/** A file to upload, in chunks of 256 KiB unless told; it counts how often it was opened and closed. */
export function fileOf(
  content: Uint8Array,
  change: Partial<UploadFile> = {},
  chunk = 256 * 1024,
): TrackedFile {
  const file: TrackedFile = {
    name: 'beach.png',
    type: 'image/png',
    size: content.byteLength,
    opened: 0,
    closed: 0,
    async *open() {
      file.opened += 1;
      try {
        for (let at = 0; at < content.byteLength; at += chunk) yield content.subarray(at, at + chunk);
      } finally {
        file.closed += 1;
      }
    },
    ...change,
  };
  return file;
}

/** Reads the one part of a body as a server does. */
export function part(request: Pick<Seen, 'headers' | 'body'> | undefined) {
  const boundary = /^multipart\/form-data; boundary=(\S+)$/.exec(
    String(request?.headers['content-type']),
  )?.[1];
  const body = request?.body ?? Buffer.alloc(0);
  const start = `--${boundary}\r\n`;
  const end = `\r\n--${boundary}--\r\n`;
  const text = body.toString('latin1');
  expect(text.startsWith(start)).toBe(true);
  expect(text.endsWith(end)).toBe(true);
  const gap = text.indexOf('\r\n\r\n');
  return {
    boundary,
    headers: Buffer.from(text.slice(start.length, gap), 'latin1').toString('utf8').split('\r\n'),
    content: body.subarray(gap + 4, body.byteLength - end.length),
  };
}
