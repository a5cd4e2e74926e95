import { type Context, useContext } from 'react';

/** What a context holds that is never read outside of its provider. */
export function useRequired<T>(context: Context<T | undefined>): T {
  const value = useContext(context);
  if (value === undefined) throw new Error('This part stands outside of what it belongs to.');
  return value;
}
