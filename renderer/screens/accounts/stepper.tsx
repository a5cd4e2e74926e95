import { Check } from 'lucide-react';
import { Button } from 'react-aria-components/Button';
import { type ConnectStep, connectSteps } from '../../../shared/connecting.ts';
import { accounts as t } from '../../../shared/words/en/accounts.ts';

type Step = ConnectStep | 'sign-in';

const words: Readonly<Record<Step, string>> = {
  choose: t.stepChoose,
  create: t.stepCreate,
  paste: t.stepPaste,
  'sign-in': t.stepSignIn,
};

const steps: readonly Step[] = [...connectSteps, 'sign-in'];

interface StepperProps {
  readonly current: Step;
  /** Absent: the steps cannot be gone to. */
  readonly onGo?: (step: ConnectStep) => void;
}

/** Where one is among the four steps; each but the last can be gone to at any time. */
export function Stepper({ current, onGo }: StepperProps) {
  const at = steps.indexOf(current);
  return (
    <nav aria-label={t.steps}>
      <ol className="flex gap-1">
        {steps.map((step, place) => {
          const isCurrent = step === current;
          const mark = (
            <>
              <span
                aria-hidden="true"
                className={`grid size-6 shrink-0 place-items-center rounded-full border font-semibold text-xs ${place <= at ? 'border-text bg-text text-bg' : 'border-edge text-muted'}`}
              >
                {place < at ? <Check className="size-3.5" /> : place + 1}
              </span>
              {words[step]}
            </>
          );
          const look = `flex min-h-11 w-full flex-col items-center justify-center gap-1 rounded-lg px-1 py-1 text-xs sm:min-h-9 sm:flex-row sm:justify-start sm:gap-2 sm:px-2 sm:text-sm ${isCurrent ? 'bg-sunken font-semibold text-text' : 'font-medium text-muted'}`;
          return (
            <li key={step} className="min-w-0 flex-1">
              {onGo && step !== 'sign-in' ? (
                <Button
                  {...(isCurrent ? { 'aria-current': 'step' as const } : {})}
                  onPress={() => onGo(step)}
                  className={`${look} hover:bg-sunken hover:text-text`}
                >
                  {mark}
                </Button>
              ) : (
                <span {...(isCurrent ? { 'aria-current': 'step' as const } : {})} className={look}>
                  {mark}
                </span>
              )}
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
