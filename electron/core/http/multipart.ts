import { randomUUID } from 'node:crypto';

/** A file to upload. It can be opened again, because a refused upload is sent again from the start. */
export interface UploadFile {
  /** Shown to Zoom; folders in it are cut off. */
  readonly name: string;
  /** Media type, e.g. `image/png`. */
  readonly type: string;
  /** Exact length in bytes. */
  readonly size: number;
  /**
   * The content from the start, in chunks of 256 KiB. A chunk is good until the next is asked for, so that its memory can be
   * used again: new memory for each was measured to take twice the time.
   */
  open(): AsyncIterable<Uint8Array>;
}

/** Why the file itself could not be sent. */
type FileTrouble = 'unreadable' | 'changed';

export type Multipart = ReturnType<typeof multipart>;

const mediaType = /^[A-Za-z0-9!#$&^_.+-]{1,127}\/[A-Za-z0-9!#$&^_.+-]{1,127}$/;

/**
 * Builds a multipart/form-data body of one file without holding it in memory. A filename is always sent (Zoom refuses
 * parts without one), escaped as in https://html.spec.whatwg.org/#multipart-form-data.
 * @param onProgress file bytes handed to the connection, which runs ahead of what Zoom has received
 */
export function multipart(
  field: string,
  file: UploadFile,
  onProgress: (sent: number, total: number) => void,
) {
  const boundary = `tally-${randomUUID()}`;
  const encoder = new TextEncoder();
  const type = mediaType.test(file.type) ? file.type : 'application/octet-stream';
  const head = encoder.encode(
    `--${boundary}\r\n` +
      `Content-Disposition: form-data; name="${escapeName(field)}"; filename="${escapeName(baseName(file.name))}"\r\n` +
      `Content-Type: ${type}\r\n\r\n`,
  );
  const tail = encoder.encode(`\r\n--${boundary}--\r\n`);
  let found: { readonly kind: FileTrouble; readonly code: string | undefined } | null = null;

  function fail(kind: FileTrouble, cause?: unknown): Error {
    const code = (cause as { code?: unknown } | undefined)?.code;
    found = { kind, code: typeof code === 'string' ? code : undefined };
    return new Error(`file ${kind}`);
  }

  async function* content(): AsyncGenerator<Uint8Array> {
    try {
      yield* file.open();
    } catch (cause) {
      throw fail('unreadable', cause);
    }
  }

  return {
    contentType: `multipart/form-data; boundary=${boundary}`,
    /** Exact length of the whole body in bytes. */
    length: head.byteLength + file.size + tail.byteLength,
    /**
     * The body, once; ask again for another try. A chunk is good until the next is asked for; undici asks when the kernel has
     * taken it. Throws when the file fails; `trouble()` then tells why.
     */
    async *stream(): AsyncGenerator<Uint8Array> {
      found = null;
      let sent = 0;
      onProgress(0, file.size);
      for await (const chunk of content()) {
        if (chunk.byteLength === 0) continue;
        // Nothing is begun at Zoom before the file gives something.
        if (sent === 0) yield head;
        sent += chunk.byteLength;
        if (sent > file.size) throw fail('changed');
        yield chunk;
        onProgress(sent, file.size);
      }
      if (sent !== file.size) throw fail('changed');
      if (sent === 0) yield head;
      yield tail;
    },
    trouble: () => found,
  };
}

function escapeName(name: string): string {
  return name.replaceAll('\r', '%0D').replaceAll('\n', '%0A').replaceAll('"', '%22');
}

function baseName(name: string): string {
  return name.split(/[/\\]/).pop() || 'upload';
}
