import { KeyRound } from 'lucide-react';
import { useState } from 'react';
import type { CallAnswer } from '../../../../shared/advanced.ts';
import { stepsOf } from '../../../../shared/json.ts';
import { advanced as t } from '../../../../shared/words/en/advanced.ts';
import { spoken } from '../../../../shared/words/language.ts';
import { Button } from '../../../components/button.tsx';
import { ask } from '../../../lib/bridge.ts';

/** Tokens and passcodes that main keeps from the window; each can be copied for a while. */
export function HiddenValues({ answer }: { readonly answer: CallAnswer }) {
  const [said, setSaid] = useState('');
  const pointers = answer.http?.hidden ?? [];
  if (pointers.length === 0) return null;
  const copy = async (pointer: string) => {
    const result = await ask(window.tally.advanced.copyHidden({ call: answer.call, pointer }));
    setSaid(result.ok ? t.copiedForAMinute : spoken(result.error.what));
  };
  return (
    <div className="flex flex-col gap-1 rounded-xl border border-line bg-sunken p-3">
      <p>{t.hiddenHere}</p>
      <ul className="flex flex-col gap-1">
        {pointers.map((pointer) => {
          const name = stepsOf(pointer).join('.') || t.allOfIt;
          return (
            <li key={pointer} className="flex flex-wrap items-center gap-x-3 gap-y-1">
              <code className="min-w-0 font-mono text-xs [overflow-wrap:anywhere]">{name}</code>
              <Button
                icon={KeyRound}
                aria-label={t.copyOneForAMinute(name)}
                onPress={() => void copy(pointer)}
              >
                {t.copyForAMinute}
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
