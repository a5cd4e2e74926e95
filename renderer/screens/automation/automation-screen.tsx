import { useEffect, useId } from 'react';
import { type RuleName, ruleNames } from '../../../shared/automation/rules.ts';
import { type AutomationView, holdLengths, isAutomated, pauseLengths } from '../../../shared/automation.ts';
import { goOnCommand } from '../../../shared/commands.ts';
import { entryWords, reasonWords, seenWords, waitingWords } from '../../../shared/words/automation.ts';
import { ruleWords } from '../../../shared/words/en/automation/rules.ts';
import { automation as t } from '../../../shared/words/en/automation.ts';
import { statusWord } from '../../../shared/zoom/presence.ts';
import { Button } from '../../components/button.tsx';
import { Card } from '../../components/card.tsx';
import { columnsLook, rowLook } from '../../components/looks.ts';
import { PageTitle } from '../../components/page-title.tsx';
import { Select } from '../../components/select.tsx';
import { StatusIcon } from '../../components/status-icon.tsx';
import { RowWords, Toggle } from '../../components/toggle.tsx';
import { useRun } from '../../lib/actions.ts';
import type { ScreenProps } from '../../lib/screen.ts';
import { clockTime } from '../../lib/time.ts';
import { useNow } from '../../lib/use-now.ts';
import { CalendarsCard } from './calendars-card.tsx';
import { MqttCard } from './mqtt-card.tsx';
import { OutwardsCard } from './outwards-card.tsx';
import { type RulePart, ruleParts } from './rule-parts.ts';
import { Today } from './today.tsx';

/** The rules that keep the status right, in the order in which they count, and what they have done. */
export default function AutomationScreen({ snapshot }: ScreenProps) {
  const run = useRun();
  const { automation } = snapshot;
  const isKnown = automation !== undefined;
  useEffect(() => {
    if (!isKnown) run({ type: 'automation.open' });
  }, [isKnown, run]);
  return (
    <>
      <div className="flex flex-col gap-1">
        <PageTitle>{t.title}</PageTitle>
        <p className="text-muted">{t.whatItIs}</p>
      </div>
      {automation && (
        <div className={columnsLook}>
          {isAutomated(automation) && <RightNow automation={automation} />}
          {isAutomated(automation) && <Today day={automation.day} />}
          <Card title={t.rules}>
            {ruleNames.map((rule) => (
              <Rule key={rule} rule={rule} automation={automation} />
            ))}
          </Card>
          {automation.settings.calendar.on && <CalendarsCard view={snapshot.calendars} />}
          <Card title={t.ownChoices}>
            <HoldChoice hold={automation.settings.hold} />
          </Card>
          <OutwardsCard view={snapshot.outwards} />
          <MqttCard view={snapshot.mqtt} />
          {automation.log.length > 0 && <Log automation={automation} />}
        </div>
      )}
    </>
  );
}

/** What the rules make of this moment, and how they are kept from it. */
function RightNow({ automation }: { readonly automation: AutomationView }) {
  const run = useRun();
  const now = useNow(true);
  const { acting, paused } = automation;
  const waits = waitingWords(automation, now);
  const goOn = goOnCommand(automation);
  return (
    <Card title={t.rightNow}>
      <div className={rowLook}>
        {acting && <StatusIcon status={acting.status} size={1.5} />}
        <p className="min-w-0 flex-1 basis-52">
          {acting && <span className="block font-medium">{statusWord(acting.status)}</span>}
          <span className={acting ? 'block text-muted' : ''}>
            {acting ? capital(reasonWords(acting, now)) : (waits ?? t.noRule)}
          </span>
        </p>
        {acting && <Button onPress={() => run({ type: 'automation.skip' })}>{t.notNow}</Button>}
        {waits && <Button onPress={() => run(goOn.action)}>{goOn.title}</Button>}
      </div>
      {!paused && (
        <div className={rowLook}>
          <span className="min-w-0 flex-1 basis-32 font-medium">{t.pauseAll}</span>
          <span className="flex flex-wrap gap-2">
            {pauseLengths.map((until) => (
              <Button
                key={until}
                aria-label={t.pauseFor(t.pauses[until])}
                onPress={() => run({ type: 'automation.pause', until })}
              >
                {t.pauses[until]}
              </Button>
            ))}
          </span>
        </div>
      )}
    </Card>
  );
}

const capital = (words: string) => words.charAt(0).toUpperCase() + words.slice(1);

interface RuleProps {
  readonly rule: RuleName;
  readonly automation: AutomationView;
}

function Rule({ rule, automation }: RuleProps) {
  const run = useRun();
  const now = useNow(true);
  const { name, help } = ruleWords[rule];
  const settings = automation.settings[rule];
  const Part = ruleParts[rule] as RulePart<RuleName> | undefined;
  return (
    <div>
      <Toggle isOn={settings.on} onChange={(on) => run({ type: `automation.${rule}`, on })} help={help}>
        {name}
      </Toggle>
      {settings.on && (
        <div className="flex flex-col gap-4 p-4 pt-0 sm:px-6">
          <p className="text-muted">{seenWords(rule, automation, now)}</p>
          {Part && <Part settings={settings} automation={automation} />}
        </div>
      )}
    </div>
  );
}

function HoldChoice({ hold }: { readonly hold: AutomationView['settings']['hold'] }) {
  const run = useRun();
  const id = useId();
  return (
    <div className={rowLook}>
      <label htmlFor={id} className="flex min-w-0 flex-1 basis-52">
        <RowWords help={t.holdHelp}>{t.hold}</RowWords>
      </label>
      <Select
        id={id}
        value={hold}
        onChange={({ target }) => {
          const length = holdLengths.find((one) => one === target.value);
          if (length) run({ type: 'automation.hold', hold: length });
        }}
      >
        {holdLengths.map((length) => (
          <option key={length} value={length}>
            {t.holds[length]}
          </option>
        ))}
      </Select>
    </div>
  );
}

function Log({ automation: { log } }: { readonly automation: AutomationView }) {
  const now = useNow(true);
  return (
    <Card title={t.log}>
      <ol className="flex flex-col gap-2 p-4 sm:px-6">
        {log.map((entry) => (
          <li key={`${entry.at} ${entry.what} ${entry.rule}`} className="flex gap-3">
            <span className="w-24 shrink-0 text-muted tabular-nums">{clockTime(entry.at, now)}</span>
            <span className="min-w-0 flex-1">{entryWords(entry)}</span>
          </li>
        ))}
      </ol>
    </Card>
  );
}
