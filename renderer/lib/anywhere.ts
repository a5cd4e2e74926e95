import { createContext, type RefObject, useContext, useEffect, useRef } from 'react';

/**
 * Whether the person was anywhere in the window yet. Nothing takes the focus before: at the start the first Tab goes to the
 * navigation.
 */
export const AnywhereContext = createContext<RefObject<boolean>>({ current: false });

export function useAnywhere(): RefObject<boolean> {
  return useContext(AnywhereContext);
}

/** Follows the focus, for the context. */
export function useFirstFocus(): RefObject<boolean> {
  const anywhere = useRef(false);
  useEffect(() => {
    const follow = () => {
      anywhere.current = true;
    };
    document.addEventListener('focusin', follow, { once: true });
    return () => document.removeEventListener('focusin', follow);
  }, []);
  return anywhere;
}
