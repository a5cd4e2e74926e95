import { presence as t } from '../../../shared/words/en/presence.ts';
import { Button } from '../../components/button.tsx';
import { useRun } from '../../lib/actions.ts';

/** Leads to the Zoom app, in which one has to be signed in for a status to be taken. */
export function OpenZoom() {
  const run = useRun();
  return <Button onPress={() => run({ type: 'web.open', page: 'zoom-app' })}>{t.openZoomApp}</Button>;
}
