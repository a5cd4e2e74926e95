import { LoaderCircle, Send, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { advanced as t } from '../../../shared/words/en/advanced.ts';
import { common } from '../../../shared/words/en/common.ts';
import { Button } from '../../components/button.tsx';
import { elapsedWords } from './words.ts';

interface SendBarProps {
  /** Since when a call is under way, epoch ms. */
  readonly running: number | undefined;
  /** What keeps it from being sent, or speaks against it. */
  readonly word: string | undefined;
  /** What is wrong does not keep it from being sent. */
  readonly canAnyway: boolean;
  readonly isDangerous: boolean;
  /** The answer is what is read: where the two are seen one at a time, the bar waits at its end. */
  readonly isAside: boolean;
  readonly onSend: (anyway: boolean) => void;
  readonly onCancel: () => void;
}

const mac = navigator.platform.startsWith('Mac');

/** Sends the call, or ends one that is under way. It stays in view at the foot of a long form. */
export function SendBar({ running, word, canAnyway, isDangerous, isAside, onSend, onCancel }: SendBarProps) {
  const isRunning = running !== undefined;
  return (
    <section
      aria-label={t.send}
      className={`sticky tiny:static bottom-0 z-10 flex @max-[41rem]/view:order-1 flex-wrap items-center gap-2 rounded-xl border border-edge bg-surface p-2 shadow-lg sm:bottom-2 ${isAside && !isRunning ? 'short:@max-[41rem]/view:static' : ''}`}
    >
      {/* It keeps its place and the focus: what took it would get the second press of a double click. */}
      <Button
        look="strong"
        aria-disabled={isRunning}
        aria-keyshortcuts={mac ? 'Meta+Enter' : 'Control+Enter'}
        onPress={() => isRunning || onSend(false)}
      >
        {isRunning ? (
          <LoaderCircle className="size-4 animate-spin motion-reduce:animate-none" />
        ) : (
          <Send className="size-4" />
        )}
        {isDangerous ? t.sendAsk : t.send}
      </Button>
      {canAnyway && !isRunning && <Button onPress={() => onSend(true)}>{t.sendAnyway}</Button>}
      <span
        role="status"
        className={`min-w-0 flex-1 basis-24 px-1 [overflow-wrap:anywhere] ${isRunning ? 'text-muted' : 'text-danger text-xs'}`}
      >
        {isRunning ? t.waitingForZoom : word}
      </span>
      {running !== undefined && (
        <>
          <span aria-hidden="true" className="text-muted">
            <Elapsed since={running} />
          </span>
          <Button icon={X} onPress={onCancel}>
            {common.cancel}
          </Button>
        </>
      )}
      {!isRunning && !word && (
        <kbd className="px-1 font-sans text-muted text-xs max-sm:hidden">
          {mac ? t.sendKeysMac : t.sendKeys}
        </kbd>
      )}
    </section>
  );
}

/** How often it is drawn anew, in ms. */
const step = 100;

/** How long something has been under way. */
function Elapsed({ since }: { readonly since: number }) {
  const [now, setNow] = useState(since);
  useEffect(() => {
    const timer = window.setInterval(() => setNow(Date.now()), step);
    return () => window.clearInterval(timer);
  }, []);
  // Whole tenths: more would only flicker.
  const tenths = Math.floor(Math.max(0, now - since) / step) * step;
  return <span className="tabular-nums">{elapsedWords(tenths)}</span>;
}
