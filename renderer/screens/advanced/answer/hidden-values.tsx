import { KeyRound } from 'lucide-react';
import { useState } from 'react';
import type { CallAnswer } from '../../../../shared/advanced.ts';
import { stepsOf } from '../../../../shared/json.ts';
import { Button } from '../../../components/button.tsx';
import { ask } from '../../../lib/bridge.ts';

/** Tokens and passcodes that main keeps from the window; each can be copied for a while. */
export function HiddenValues({ answer }: { readonly answer: CallAnswer }) {
  const [said, setSaid] = useState('');
  const pointers = answer.http?.hidden ?? [];
  if (pointers.length === 0) return null;
  const copy = async (pointer: string) => {
    const result = await ask(window.tally.advanced.copyHidden({ call: answer.call, pointer }));
    setSaid(result.ok ? 'Copied. It leaves the clipboard in a minute.' : result.error.what);
  };
  return (
    <div className="flex flex-col gap-1 rounded-xl border border-line bg-sunken p-3">
      <p>Hidden in this answer:</p>
      <ul className="flex flex-col gap-1">
        {pointers.map((pointer) => {
          const name = stepsOf(pointer).join('.') || 'all of it';
          return (
            <li key={pointer} className="flex flex-wrap items-center gap-x-3 gap-y-1">
              <code className="min-w-0 font-mono text-xs [overflow-wrap:anywhere]">{name}</code>
              <Button
                icon={KeyRound}
                aria-label={`Copy for a minute: ${name}`}
                onPress={() => void copy(pointer)}
              >
                Copy for a minute
              </Button>
            </li>
          );
        })}
      </ul>
      <p role="status" className="text-muted text-xs empty:hidden">
        {said}
      </p>
    </div>
  );
}
