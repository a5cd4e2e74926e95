import { useEffect, useRef, useState } from 'react';
import type { VideoTurn } from '../../../shared/video.ts';
import { ask } from '../../lib/bridge.ts';
import { imageAddress } from '../../lib/use-image.ts';

interface Frame {
  readonly at: number;
  readonly turn: VideoTurn;
}

/**
 * A frame of an upload's video, at seconds, as an address for <img>. One is asked for at a time, and the last one stays until the next
 * is there; `missing` where there is none to show.
 */
export function useFrame(id: string, { at, turn }: Frame) {
  const [shown, setShown] = useState<{ readonly src?: string }>({});
  const wanted = useRef<Frame>(undefined);
  const asking = useRef(false);
  const over = useRef(false);

  useEffect(() => {
    wanted.current = { at, turn };
    const next = async () => {
      const of = wanted.current;
      if (!of || asking.current || over.current) return;
      wanted.current = undefined;
      asking.current = true;
      const result = await ask(window.tally.backgrounds.frame({ id, ...of }));
      asking.current = false;
      if (over.current) return;
      setShown(result.ok && result.value ? { src: imageAddress(result.value) } : {});
      void next();
    };
    void next();
  }, [id, at, turn]);
  useEffect(() => {
    over.current = false;
    return () => {
      over.current = true;
    };
  }, []);
  const { src } = shown;
  useEffect(() => () => URL.revokeObjectURL(src ?? ''), [src]);
  return src;
}
