import { useEffect, useState } from 'react';
import type { Result } from '../../shared/ipc.ts';
import type { ShownImage } from '../../shared/media.ts';

interface Loaded {
  readonly key: string;
  /** Absent where there is nothing to show. */
  readonly src?: string;
}

/** A picture's bytes as an address for <img>; revoke it after use. */
export function imageAddress({ bytes, type }: ShownImage): string {
  // A copy: what crossed the bridge may lie in memory that a Blob does not take.
  return URL.createObjectURL(new Blob([new Uint8Array(bytes)], { type }));
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
    let address: string | undefined;
    let over = false;
    const nothing = () => {
      if (!over) setLoaded({ key });
    };
    load().then((result) => {
      if (over) return;
      if (!result.ok || !result.value) return nothing();
      address = imageAddress(result.value);
      setLoaded({ key, src: address });
    }, nothing);
    return () => {
      over = true;
      if (address) URL.revokeObjectURL(address);
    };
  }, [key]);
  const current = loaded?.key === key ? loaded : undefined;
  return { loading: key !== undefined && !current, src: current?.src };
}
