import { type FormEvent, useId, useState } from 'react';
import { longestCommandField, mostArguments, type OutwardsView } from '../../../shared/outwards.ts';
import { common } from '../../../shared/words/en/common.ts';
import { outwards as t } from '../../../shared/words/en/outwards.ts';
import { failureWords } from '../../../shared/words/outwards.ts';
import { Button } from '../../components/button.tsx';
import { Card } from '../../components/card.tsx';
import { Field } from '../../components/field.tsx';
import { FieldWords } from '../../components/field-words.tsx';
import { lineLook, rowLook } from '../../components/looks.ts';
import { RowWords, Toggle } from '../../components/toggle.tsx';
import { useRun } from '../../lib/actions.ts';
import { useNow } from '../../lib/use-now.ts';

/** Who is told of each change of the status, and how that went. */
export function OutwardsCard({ view }: { readonly view: OutwardsView }) {
  const run = useRun();
  const { on, program, args, quiet, failed } = view;
  return (
    <Card title={t.title}>
      <QuietRow view={quiet} />
      <Toggle isOn={on} onChange={(wanted) => run({ type: 'outwards.on', on: wanted })} help={t.runHelp}>
        {t.run}
      </Toggle>
      {failed && <Failure failed={failed} />}
      {/* What is kept is another command, such as one that was chosen by the system's dialog: that is what stands here then. */}
      <CommandForm key={[program, ...args].join('\n')} program={program} args={args} />
    </Card>
  );
}

function QuietRow({ view: { on, problem } }: { readonly view: OutwardsView['quiet'] }) {
  const run = useRun();
  if (problem === 'never')
    return (
      <div className={rowLook}>
        <RowWords help={t.quietProblems.never}>{t.quiet}</RowWords>
      </div>
    );
  return (
    <div>
      <Toggle isOn={on} onChange={(wanted) => run({ type: 'outwards.quiet', on: wanted })} help={t.quietHelp}>
        {t.quiet}
      </Toggle>
      {problem && (
        <p
          role="status"
          className={`p-4 pt-0 sm:px-6 ${problem === 'refused' ? 'text-danger' : 'text-muted'}`}
        >
          {t.quietProblems[problem]}
        </p>
      )}
    </div>
  );
}

function Failure({ failed }: { readonly failed: NonNullable<OutwardsView['failed']> }) {
  const now = useNow(true);
  const said = 'said' in failed ? failed.said : '';
  return (
    <div role="status" className="flex flex-col gap-2 p-4 sm:px-6">
      <p className="font-medium text-danger">{failureWords(failed, now)}</p>
      {said !== '' && (
        <figure className="flex flex-col gap-1">
          <figcaption className="text-muted">{t.said}</figcaption>
          <pre className="selectable whitespace-pre-wrap rounded-lg bg-sunken p-3 font-mono text-xs [overflow-wrap:anywhere]">
            {said}
          </pre>
        </figure>
      )}
    </div>
  );
}

function CommandForm(command: Pick<OutwardsView, 'program' | 'args'>) {
  const run = useRun();
  const id = useId();
  const [program, setProgram] = useState(command.program);
  const [lines, setLines] = useState(command.args.join('\n'));
  const args = lines.split('\n').filter((line) => line !== '');
  const problem = args.length > mostArguments ? t.tooMany(mostArguments) : undefined;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (problem !== undefined) return;
    run({ type: 'outwards.command', program: program.trim(), args });
  };
  const isSaved = program === command.program && lines === command.args.join('\n');
  return (
    <form onSubmit={submit} className="flex flex-col gap-3 p-4 sm:px-6">
      <Field
        label={t.program}
        help={t.programHelp}
        dir="ltr"
        maxLength={longestCommandField}
        value={program}
        onChange={({ target }) => setProgram(target.value)}
      />
      <div className="flex flex-col gap-1">
        <label htmlFor={id} className="font-medium">
          {t.arguments}
        </label>
        <textarea
          id={id}
          dir="ltr"
          rows={3}
          value={lines}
          onChange={({ target }) => setLines(target.value)}
          aria-invalid={problem !== undefined}
          aria-describedby={`${id}-words`}
          autoComplete="off"
          spellCheck={false}
          className={`${lineLook} py-2`}
        />
        <FieldWords id={`${id}-words`} problem={problem} className="text-xs">
          {t.argumentsHelp}
        </FieldWords>
      </div>
      <span className="flex flex-wrap gap-2">
        <Button type="submit" isDisabled={isSaved || program.trim() === ''}>
          {common.save}
        </Button>
        <Button look="quiet" onPress={() => run({ type: 'outwards.choose' })}>
          {t.choose}
        </Button>
      </span>
    </form>
  );
}
