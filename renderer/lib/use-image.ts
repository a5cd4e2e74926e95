import { useEffect, useState } from 'react';
import type { Result } from '../../shared/errors.ts';
import type { ShownImage } from '../../shared/media.ts';
import { ask } from './bridge.ts';

interface Loaded {
  readonly key: string;
  /** Absent where there is nothing to show. */
  readonly src?: string | undefined;
}

// A copy: what crossed the bridge may lie in memory that a Blob does not take.
const blobOf = ({ bytes, type }: ShownImage) => new Blob([new Uint8Array(bytes)], { type });

/** A picture's bytes as an address for <img>; revoke it after use. */
export const imageAddress = (image: ShownImage): string => URL.createObjectURL(blobOf(image));

/** The same for small pictures that come and go: nothing to revoke while the browser may still be reading it. */
function dataAddress(image: ShownImage): Promise<string | undefined> {
  return new Promise((resolve) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => resolve(undefined);
    reader.readAsDataURL(blobOf(image));
  });
}

/**
 * A picture from main, asked for whenever `key` changes; without a key none is. `loading` until there is an answer,
 * then its address, or none where main has nothing to show.
 */
export function useImage(
  key: string | undefined,
  load: () => Promise<Result<ShownImage | null>>,
): { readonly loading: boolean; readonly src: string | undefined } {
  const [loaded, setLoaded] = useState<Loaded>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: key names what load gives
  useEffect(() => {
    if (key === undefined) return;
    let over = false;
    void ask(load()).then(async (result) => {
      const src = result.ok && result.value ? await dataAddress(result.value) : undefined;
      if (!over) setLoaded({ key, src });
    });
    return () => {
      over = true;
    };
  }, [key]);
  const current = loaded?.key === key ? loaded : undefined;
  return { loading: key !== undefined && !current, src: current?.src };
}
