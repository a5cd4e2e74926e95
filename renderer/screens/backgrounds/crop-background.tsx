import { useState } from 'react';
import type { CropImage } from '../../../shared/picture.ts';
import { backgrounds as t } from '../../../shared/words/en/backgrounds.ts';
import { common } from '../../../shared/words/en/common.ts';
import { ask } from '../../lib/bridge.ts';
import { CropDialog, cropUses } from '../picture/crop-dialog.tsx';

const notTaken = common.pictureNotTaken;

/** Lets the person crop backgrounds: `crop` begins with one of which a copy is kept, and `dialog` is to be shown. */
export function useCropping() {
  const [cropped, setCropped] = useState<{ readonly id: string; readonly image: CropImage }>();

  async function crop(id: string): Promise<void> {
    const result = await ask(window.tally.backgrounds.original({ id }), t.cannotCrop);
    if (result.ok && result.value) setCropped({ id, image: result.value });
  }

  const dialog = cropped && (
    <CropDialog
      offered={cropped.image}
      use={cropUses.background}
      onSave={async (bytes) => {
        const result = await ask(window.tally.backgrounds.crop({ id: cropped.id, bytes }), notTaken);
        return result.ok ? undefined : result.error;
      }}
      onClose={() => setCropped(undefined)}
    />
  );
  return { crop, dialog };
}
