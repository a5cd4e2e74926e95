import { ChevronRight, FileUp } from 'lucide-react';
import { type FormEvent, useId, useRef, useState } from 'react';
import { accounts as t } from '../../../shared/words/en/accounts.ts';
import { common } from '../../../shared/words/en/common.ts';
import { Button } from '../../components/button.tsx';
import { ChooseFiles } from '../../components/choose-files.tsx';
import { Field } from '../../components/field.tsx';
import { useRun } from '../../lib/actions.ts';

/** Takes the setup of a colleague, pasted or as a file; what is dropped on the page is taken without it. */
export function TakeSetup() {
  const run = useRun();
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const [open, setOpen] = useState(false);
  const [problem, setProblem] = useState<string>();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const text = field.current?.value.trim() ?? '';
    setProblem(text === '' ? t.setupMissing : undefined);
    if (text === '') return field.current?.focus();
    // It may hold the secret of the app.
    if (field.current) field.current.value = '';
    run({ type: 'account.offer', text });
  };
  return (
    <section aria-label={t.setupFromColleague} className="flex flex-col items-start gap-2">
      <Button look="plain" aria-expanded={open} aria-controls={id} onPress={() => setOpen(!open)}>
        <ChevronRight className={`size-4 ${open ? 'rotate-90' : ''}`} />
        {t.haveSetup}
      </Button>
      <form
        id={id}
        hidden={!open}
        noValidate
        onSubmit={submit}
        className="flex w-full flex-col gap-3 rounded-2xl border border-line bg-surface p-4 sm:p-6 [&[hidden]]:hidden"
      >
        <p className="text-muted">{t.haveSetupNote}</p>
        <Field ref={field} label={t.setup} placeholder={t.setupExample} problem={problem} />
        <div className="flex flex-wrap gap-2">
          <Button type="submit" look="strong">
            {t.useSetup}
          </Button>
          <ChooseFiles icon={FileUp} accept=".json,application/json">
            {common.chooseFile}
          </ChooseFiles>
        </div>
      </form>
    </section>
  );
}
