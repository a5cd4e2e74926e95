import { quote } from 'shell-quote';
import type { CallInput, CodeFormat } from '../../../shared/advanced.ts';
import type { Result } from '../../../shared/errors.ts';
import { readJson, writeJson } from '../../../shared/json.ts';
import { type Operation, operations } from '../../../shared/zoom/operations.gen.ts';
import { prepare } from '../zoom/request.ts';

/** A file to name in the text. */
export interface CodeFile {
  readonly path: string;
  readonly name: string;
  readonly type: string;
}

interface Request {
  readonly method: string;
  /** Without a slash at its end. */
  readonly base: string;
  /** Path and query behind the base. */
  readonly target: string;
  readonly json: string | null;
  readonly upload: { readonly field: string; readonly file: CodeFile } | null;
}

const noFile: CodeFile = { path: 'file', name: 'file', type: 'application/octet-stream' };

/**
 * A call as text to be run elsewhere; it takes the token from the variable ZOOM_TOKEN. Address and body are what Tally
 * itself would send.
 */
export function codeOf(
  input: CallInput,
  format: CodeFormat,
  apiUrl: string,
  file: CodeFile = noFile,
): Result<string> {
  const operation: Operation = operations[input.operation];
  const { fileField: field } = operation;
  const upload = field === undefined ? {} : { file: { ...file, size: 0, open: noBytes } };
  const given = { path: input.path, query: input.query, body: input.body, ...upload };
  const prepared = prepare(operation, given, { anyQuery: true });
  if (!prepared.ok) return prepared;
  const request = {
    ...prepared,
    method: operation.method,
    base: apiUrl.replace(/\/+$/, ''),
    upload: field === undefined ? null : { field, file },
  };
  return { ok: true, value: writers[format](request) };
}

async function* noBytes(): AsyncGenerator<Uint8Array> {}

const writers: Readonly<Record<CodeFormat, (request: Request) => string>> = { curl, fetch: js, http };

/** One word for a POSIX shell. Plain ones get quotes for the eye alone, where the library would strew backslashes. */
function word(text: string): string {
  return /^[\w:/?&=%.,@;-]+$/.test(text) ? `'${text}'` : quote([text]);
}

function curl({ method, base, target, json, upload }: Request): string {
  const parts = [
    `curl --request ${method} ${word(base + target)}`,
    '--header "Authorization: Bearer $ZOOM_TOKEN"',
  ];
  // --data-raw, as --data would read a file where the text begins with @.
  if (json !== null) parts.push(`--header 'Content-Type: application/json'`, `--data-raw ${word(json)}`);
  if (upload) {
    const { path, name, type } = upload.file;
    parts.push(
      `--form ${word(`${upload.field}=@${formWord(path)};type=${type};filename=${formWord(name)}`)}`,
    );
  }
  return parts.join(' \\\n  ');
}

/** Within --form, curl ends a bare name at a semicolon or comma (man curl, --form). */
function formWord(text: string): string {
  return /^[\w/.-]+$/.test(text) ? text : `"${text.replace(/["\\]/g, '\\$&')}"`;
}

function js({ method, base, target, json, upload }: Request): string {
  const lines: string[] = [];
  if (upload) {
    const { path, name, type } = upload.file;
    lines.push(
      "import { openAsBlob } from 'node:fs';",
      '',
      'const body = new FormData();',
      `const file = await openAsBlob(${JSON.stringify(path)}, { type: ${JSON.stringify(type)} });`,
      `body.append(${JSON.stringify(upload.field)}, file, ${JSON.stringify(name)});`,
      '',
    );
  }
  const token = `    Authorization: \`Bearer \${process.env.ZOOM_TOKEN}\`,`;
  lines.push(
    `const response = await fetch(${JSON.stringify(base + target)}, {`,
    `  method: '${method}',`,
    '  headers: {',
    token,
    ...(json === null ? [] : ["    'Content-Type': 'application/json',"]),
    '  },',
    ...(json === null ? [] : [`  body: ${jsBody(json)},`]),
    ...(upload ? ['  body,'] : []),
    '});',
    'console.log(response.status, await response.text());',
  );
  return lines.join('\n');
}

const prettyJson = (json: string) => writeJson(readJson(json), 2);

/** As an object to be read; as a text where a key, or a large integer, would mean something else in a program than in JSON. */
function jsBody(json: string): string {
  const written = JSON.stringify(JSON.parse(json), null, 2);
  if (json.includes('__proto__') || written !== prettyJson(json)) return JSON.stringify(json);
  return `JSON.stringify(${written.replaceAll('\n', '\n  ')})`;
}

function http({ method, base, target, json, upload }: Request): string {
  const { host, pathname } = new URL(base);
  const lines = [
    `${method} ${pathname.replace(/\/$/, '')}${target} HTTP/1.1`,
    `Host: ${host}`,
    'Authorization: Bearer $ZOOM_TOKEN',
  ];
  if (json !== null) {
    lines.push('Content-Type: application/json', '', prettyJson(json));
  }
  if (upload) {
    const { path, name, type } = upload.file;
    const escaped = name.replaceAll('"', '%22');
    lines.push(
      'Content-Type: multipart/form-data; boundary=boundary',
      '',
      '--boundary',
      `Content-Disposition: form-data; name="${upload.field}"; filename="${escaped}"`,
      `Content-Type: ${type}`,
      '',
      `< ${path}`,
      '--boundary--',
    );
  }
  return lines.join('\n');
}
