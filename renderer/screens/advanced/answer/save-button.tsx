import { Download } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../../components/button.tsx';
import { ask } from '../../../lib/bridge.ts';

/** Saves a body to a file that the person chooses. */
export function SaveButton({ call }: { readonly call: string }) {
  const [failed, setFailed] = useState<string>();
  return (
    <>
      <Button
        look="quiet"
        icon={Download}
        onPress={async () => {
          const result = await ask(window.tally.advanced.save({ call }));
          setFailed(result.ok ? undefined : result.error.what);
        }}
      >
        Save
      </Button>
      {failed && (
        <span role="alert" className="self-center text-danger text-xs">
          {failed}
        </span>
      )}
    </>
  );
}
