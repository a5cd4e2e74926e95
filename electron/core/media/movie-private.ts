import { type Box, Boxes } from './boxes.ts';
import type { FileBytes } from './file.ts';
import { type Hidden, Trimming } from './trimmed.ts';

/** What programs write in front of a place, a maker, a model or a number, by what it tells. */
const tells: Readonly<Record<'place' | 'camera', readonly string[]>> = {
  place: ['\xa9xyz', 'loci', 'location.ISO6709', 'GPSLatitude', 'GPSCoordinates', 'GPSL', 'gpmd', 'camm'],
  camera: [
    ...['\xa9mak', '\xa9mod', '\xa9mdl', 'manu', 'modl', 'quicktime.make', 'quicktime.model'],
    ...['android.manufacturer', 'android.model', 'tiff:Make', 'tiff:Model', 'SerialNumber', 'serialNumber'],
    ...['GPMF', 'CAME', 'MUID', 'DVID', 'rtmd'],
  ],
};
/** Boxes of notes: nothing that is needed to play is in them. */
const notes: ReadonlySet<string> = new Set(['udta', 'meta', 'uuid']);
/** Bytes of a box that are looked into, and at a time; a word may reach over a step. */
const [mostLooked, step, longest] = [1024 * 1024, 60 * 1024, 32];
/** Samples of one track of notes; a clip of 15 MB has some hundreds. */
const mostSamples = 100_000;

/** A stretch that something else stands in the place of: zeros, unless told. */
interface Edit {
  readonly at: number;
  readonly length: number;
  readonly bytes?: Buffer;
}

const free = Buffer.from('free');

/**
 * An MP4 or MOV in which boxes and tracks that tell place or camera are emptied where they stand, as `free` boxes: nothing moves, so that
 * the tables of its index stay right. Other notes stay.
 */
export async function movieWithout(file: FileBytes): Promise<Trimming> {
  const made = new Trimming(file);
  const boxes = new Boxes(file);
  const edits: Edit[] = [];

  async function empty(box: Box): Promise<void> {
    const found = await toldIn(file, box);
    if (found.length === 0) return;
    made.leave(...found);
    blank(box);
  }

  function blank({ start, at, end }: Box): void {
    edits.push({ at: start + 4, length: free.length, bytes: free }, { at, length: end - at });
  }

  async function walk(from: number, end: number): Promise<void> {
    for await (const box of boxes.between(from, end, () => true)) {
      if (notes.has(box.type)) await empty(box);
      else if (box.type === 'moov') await walk(box.at, box.end);
      else if (box.type === 'trak') await track(box);
    }
  }

  /** A track of notes goes with what is in it; in one of pictures or sound only its own notes do. */
  async function track(trak: Box): Promise<void> {
    const table = await tableOf(boxes, trak);
    if (table.handler !== 'meta') return walk(trak.at, trak.end);
    const found = await toldIn(file, trak);
    if (found.length === 0) return;
    made.leave(...found);
    blank(trak);
    for await (const stretch of samplesOf(file, table)) edits.push(stretch);
  }

  await walk(0, file.size);
  return withEdits(made, edits);
}

/** What a box tells, of as much of it as is looked into. */
async function toldIn(file: FileBytes, { at, end }: Box): Promise<Hidden[]> {
  const found = new Set<Hidden>();
  const last = Math.min(end, at + mostLooked);
  for (let from = at; from < last; from += step) {
    const length = Math.min(step + longest, end - from);
    const view = (await file.view(from, length)).subarray(0, length);
    for (const what of ['place', 'camera'] as const)
      if (tells[what].some((word) => view.includes(word, 0, 'latin1'))) found.add(what);
  }
  return [...found];
}

interface Table {
  handler: string;
  readonly boxes: Map<string, Box>;
}

/** The handler of a track, and the boxes in which its samples are listed. */
async function tableOf(boxes: Boxes, trak: Box): Promise<Table> {
  const table: Table = { handler: '', boxes: new Map() };
  async function read({ at, end }: Box): Promise<void> {
    for await (const box of boxes.between(at, end, () => true)) {
      if (['mdia', 'minf', 'stbl'].includes(box.type)) await read(box);
      else if (box.type === 'hdlr' && table.handler === '' && box.end - box.at >= 12)
        table.handler = (await boxes.content(box, 12)).toString('latin1', 8, 12);
      else table.boxes.set(box.type, box);
    }
  }
  await read(trak);
  return table;
}

/** Where the samples of a track are, one stretch a chunk (ISO/IEC 14496-12, 8.7). */
async function* samplesOf(file: FileBytes, { boxes }: Table) {
  const wide = boxes.has('co64') ? 8 : 4;
  const offsets = await wordsOf(file, boxes.get('co64') ?? boxes.get('stco'));
  const runs = await wordsOf(file, boxes.get('stsc'));
  const sizes = await wordsOf(file, boxes.get('stsz'));
  const [chunks, lastRun, fixed] = [offsets(1), runs(1) - 1, sizes(1)];
  const samples = Math.min(sizes(2), mostSamples);
  let [sample, run] = [0, 0];
  for (let chunk = 0; chunk < chunks && sample < samples; chunk++) {
    if (run < lastRun && runs(5 + 3 * run) === chunk + 1) run += 1;
    const until = Math.min(samples, sample + runs(3 + 3 * run));
    if (until === sample) return;
    let length = 0;
    for (; sample < until; sample++) length += fixed || sizes(3 + sample);
    const at = wide === 8 ? offsets(2 + 2 * chunk) * 2 ** 32 + offsets(3 + 2 * chunk) : offsets(2 + chunk);
    if (at + length <= file.size) yield { at, length };
  }
}

/** The words of a table, by their number; 0 beyond its end. */
async function wordsOf(file: FileBytes, box: Box | undefined): Promise<(index: number) => number> {
  const pieces: Buffer[] = [];
  const end = box ? Math.min(box.end, box.at + 4 * (mostSamples + 3)) : 0;
  for (let at = box?.at ?? 0; at < end; at += step) {
    const length = Math.min(step, end - at);
    pieces.push(Buffer.from((await file.view(at, length)).subarray(0, length)));
  }
  const table = Buffer.concat(pieces);
  return (index) => (4 * index + 4 <= table.length ? table.readUInt32BE(4 * index) : 0);
}

/** The file with these in their places. Where two meet the first counts: what is put is never more than the file. */
function withEdits(made: Trimming, edits: readonly Edit[]): Trimming {
  let at = 0;
  for (const edit of [...edits].sort((a, b) => a.at - b.at)) {
    if (edit.at < at || edit.length === 0) continue;
    if (edit.at > at) made.keep(at, edit.at);
    made.put(edit.bytes ?? Buffer.alloc(edit.length));
    at = edit.at + edit.length;
  }
  if (at < made.file.size) made.keep(at, made.file.size);
  return made;
}
