/** One part of a multipart/form-data body. `filename` is missing where the sender gave none. */
export interface Part {
  readonly name: string;
  readonly filename?: string;
  readonly contentType: string;
  readonly bytes: Buffer;
}

/**
 * The parts of a multipart/form-data body (RFC 7578), or undefined when it is not one. Strict about boundaries, as a
 * file cut short must not pass for a whole one. Own code because Zoom tells a part without a file name from one with it,
 * and `Request.formData` turns the former into text.
 */
export function parseMultipart(contentType: string, body: Uint8Array): Part[] | undefined {
  const boundary = /^multipart\/form-data\s*;.*?boundary=(?:"([^"]{1,200})"|([^\s;"]{1,200}))/i.exec(
    contentType,
  );
  if (!boundary) return undefined;
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  const delimiter = Buffer.from(`--${boundary[1] ?? boundary[2]}`, 'latin1');
  if (bytes.subarray(0, delimiter.length).compare(delimiter) !== 0) return undefined;
  const parts: Part[] = [];
  let at = delimiter.length;
  for (;;) {
    const after = bytes.toString('latin1', at, at + 2);
    if (after === '--') return parts;
    if (after !== '\r\n') return undefined;
    const headersEnd = bytes.indexOf('\r\n\r\n', at);
    if (headersEnd < 0) return undefined;
    const end = bytes.indexOf(`\r\n${delimiter.toString('latin1')}`, headersEnd + 2, 'latin1');
    if (end < 0) return undefined;
    const headers = bytes.toString('utf8', at + 2, headersEnd);
    // An empty part's delimiter shares its line break with the end of the headers.
    const part = readPart(headers, bytes.subarray(Math.min(headersEnd + 4, end), end));
    if (!part) return undefined;
    parts.push(part);
    at = end + 2 + delimiter.length;
  }
}

function readPart(headers: string, bytes: Buffer): Part | undefined {
  // Headers end at CR LF only: U+2028, which may stand in a file name, ends a line for `.`, `$` and `m` too.
  const lines = headers.split('\r\n');
  const header = (key: RegExp) =>
    lines.map((line) => key.exec(line)?.[1]).find((value) => value !== undefined);
  const disposition = header(/^content-disposition:\s*form-data\s*(;.*)$/is);
  const name = disposition && parameter(disposition, 'name');
  if (!name) return undefined;
  const filename = parameter(disposition, 'filename');
  const contentType = header(/^content-type:[ \t]*(.+)$/is)?.trim() ?? 'text/plain';
  return { name, contentType, bytes, ...(filename ? { filename } : {}) };
}

function parameter(disposition: string, key: string): string | undefined {
  const found = new RegExp(`;\\s*${key}="((?:[^"\\\\]|\\\\.)*)"`, 'is').exec(disposition)?.[1];
  return found
    ?.replace(/\\(["\\])/g, '$1')
    .replace(/%(22|0D|0A)/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
}
