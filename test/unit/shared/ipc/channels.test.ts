import { expect, expectTypeOf, it } from 'vitest';
import type { HistoryEntry } from '../../../../shared/advanced.ts';
import type { Result } from '../../../../shared/errors.ts';
import {
  contract,
  type FilesChannel,
  type Handlers,
  type TallyBridge,
  type WindowMessage,
} from '../../../../shared/ipc/channels.ts';
import { schemas } from '../../../../shared/ipc/schemas.ts';
import type { CropImage } from '../../../../shared/picture.ts';

it('has a schema for each input and for nothing else', () => {
  const answered = Object.entries(contract).flatMap(([group, entries]) => {
    const methods = Object.entries(entries).filter(([, { kind }]) => kind !== 'notify');
    return methods.length > 0 ? [[group, methods.map(([method]) => method)]] : [];
  });
  expect(Object.entries(schemas).map(([group, inputs]) => [group, Object.keys(inputs)])).toEqual(answered);
});

it('holds by types what crosses, each way', () => {
  expectTypeOf<['advanced', 'file', null]>().toExtend<WindowMessage>();
  expectTypeOf<['picture', 'kropp', CropImage]>().not.toExtend<WindowMessage>();
  expectTypeOf<['picture', 'crop', 42]>().not.toExtend<WindowMessage>();
  expectTypeOf<['picture', 'shown', null]>().not.toExtend<WindowMessage>();

  expectTypeOf<TallyBridge['history']['get']>().toEqualTypeOf<
    (which: { readonly id: string }) => Promise<Result<HistoryEntry>>
  >();
  expectTypeOf<TallyBridge['picture']['crop']>().toEqualTypeOf<
    (listener: (image: CropImage) => void) => () => void
  >();
  // Files come from the preload alone.
  expectTypeOf<TallyBridge['picture']>().not.toHaveProperty('offer');
  expectTypeOf<Handlers['picture']>().toHaveProperty('offer');
  expectTypeOf<Handlers['picture']>().not.toHaveProperty('crop');
  expectTypeOf<FilesChannel>().toEqualTypeOf<
    'setup.offer' | 'backgrounds.add' | 'picture.offer' | 'library.add' | 'advanced.add'
  >();
});
