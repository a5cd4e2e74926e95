import { createHash } from 'node:crypto';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { type Operation, type OperationId, operations } from '../../shared/zoom/operations.gen.ts';
import catalogue from '../../shared/zoom/schemas.gen.json' with { type: 'json' };
import { withClient } from '../support/client-rig.ts';
import { pngOfSize, smallMp4, smallPng } from '../support/files.ts';
import { validCalls } from '../support/valid-calls.ts';

const ajv = new Ajv({ strict: false, allErrors: true });
addFormats(ajv);
ajv.addSchema(catalogue, 'zoom');

const ids = Object.keys(operations) as OperationId[];
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

describe('through the client', () => {
  const answered = new Set<OperationId>();

  it.each(ids)('%s works once and gives what the catalogue says', async (id) => {
    const operation: Operation = operations[id];
    await withClient({}, async (rig) => {
      const outcome = await rig.valid(id);
      if (!outcome.ok) throw new Error(JSON.stringify(outcome.error));
      const [answer] = rig.wire;
      expect(operation.success).toContain(outcome.status);
      expect(outcome.trackingId).toBe(answer?.headers['x-zm-trackingid']);
      expect(outcome.limits).toMatchObject({ label: operation.label, type: 'per-second', retryAt: null });
      expect(outcome.limits.remaining).toBe((outcome.limits.limit ?? 0) - 1);

      const schema = (catalogue.operations[id].responses as Record<string, unknown>)[String(outcome.status)];
      if (schema) {
        const check = ajv.getSchema(`zoom#/operations/${id}/responses/${outcome.status}`);
        expect(check?.(outcome.data), JSON.stringify(check?.errors)).toBe(true);
        expect(outcome.data).toEqual(JSON.parse(answer?.text ?? ''));
      } else if (outcome.status === 204) {
        expect(outcome.data).toBeNull();
      }

      const { requests } = await rig.state();
      const { body } = validCalls[id];
      expect(requests).toEqual([
        expect.objectContaining({
          operationId: id,
          method: operation.method,
          status: outcome.status,
          ...(operation.body === 'json' && body ? { body } : {}),
        }),
      ]);
      answered.add(id);
    });
  });

  it('all of them: the 28 of the reference and the later ones', () => {
    const later = ids.filter((id) => 'since' in operations[id]);
    expect(`${answered.size} of ${28 + later.length}`).toBe(`${ids.length} of ${ids.length}`);
  });
});

describe('an upload', () => {
  const name = 'Büro „Süd" 😀.png';

  it.each([
    ['a small file', smallPng()],
    ['a file of several chunks', pngOfSize(1_000_003)],
    ['the largest picture', pngOfSize(2 * 1024 * 1024)],
    ['a name with quotes and without ASCII', smallPng(77, name)],
  ])('of a picture arrives byte for byte: %s', async (_, file) => {
    await withClient({}, async (rig) => {
      const progress: number[] = [];
      const outcome = await rig.zoom('userPicture', { file }, undefined, {
        onProgress: (sent, total) => progress.push(sent, total),
      });
      expect(outcome).toMatchObject({ ok: true, status: 201 });
      const { picture } = (await rig.state()).me;
      const { length } = file.bytes;
      expect(picture).toMatchObject({ sha256: sha256(file.bytes), size: length, type: 'image/png' });
      expect(progress.slice(0, 2)).toEqual([0, length]);
      expect(progress.slice(-2)).toEqual([length, length]);
    });
  });

  it.each([
    ['an image', smallPng(31, name), 'image'],
    ['a video', smallMp4, 'video'],
    ['the largest one', pngOfSize(15 * 1024 * 1024), 'image'],
  ])('of a background arrives byte for byte: %s', async (_, file, type) => {
    await withClient({}, async (rig) => {
      const before = (await rig.state()).me.backgrounds;
      const outcome = await rig.valid('uploadVBuser', file);
      expect(outcome).toMatchObject({
        ok: true,
        status: 201,
        data: { name: file.name, size: file.bytes.length, type },
      });
      const added = (await rig.state()).me.backgrounds.filter(
        ({ id }) => !before.some((one) => one.id === id),
      );
      expect(added).toMatchObject([{ name: file.name, sha256: sha256(file.bytes), type }]);
      expect(outcome).toMatchObject({ data: { id: added[0]?.id } });
    });
  });
});
