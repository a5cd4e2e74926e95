import { Plus } from 'lucide-react';
import { isAutomated } from '../../../shared/automation.ts';
import type { Command } from '../../../shared/commands.ts';
import { presetCommands, presetWords, recentCommands } from '../../../shared/preset-commands.ts';
import { mostPresets } from '../../../shared/preset-limits.ts';
import { presence as t } from '../../../shared/words/en/presence.ts';
import { presets as p } from '../../../shared/words/en/presets.ts';
import type { Status } from '../../../shared/zoom/presence.ts';
import { Button } from '../../components/button.tsx';
import { Card, Section } from '../../components/card.tsx';
import { StatusIcon } from '../../components/status-icon.tsx';
import { missingFor } from '../../lib/accounts.ts';
import { useRun } from '../../lib/actions.ts';
import type { ScreenProps } from '../../lib/screen.ts';
import { useNow } from '../../lib/use-now.ts';
import { Today } from '../automation/today.tsx';
import { AtHand } from '../popover/at-hand.tsx';

interface BesideProps extends Pick<ScreenProps, 'snapshot' | 'account'> {
  readonly onAddPreset: () => void;
}

/** What a wide window has room for beside the status: the person's own choices, the day as the rules make it, and what meetings need. */
export default function Beside({ snapshot, account, onAddPreset }: BesideProps) {
  const now = useNow(true);
  const { automation } = snapshot;
  const hasMeetings = !missingFor(account, 'user') || !missingFor(account, 'userZak');
  return (
    <>
      {!missingFor(account, 'updatePresenceStatus') && (
        <Choices snapshot={snapshot} now={now} onAddPreset={onAddPreset} />
      )}
      {automation && isAutomated(automation) && <Today day={automation.day} />}
      {hasMeetings && (
        <Section title={t.meetings}>
          <AtHand snapshot={snapshot} account={account} now={now} />
        </Section>
      )}
    </>
  );
}

interface ChoicesProps extends Pick<BesideProps, 'snapshot' | 'onAddPreset'> {
  readonly now: number;
}

/** The presets, and the timed statuses of late, one press each. */
function Choices({ snapshot, now, onAddPreset }: ChoicesProps) {
  const { presets, preferences } = snapshot;
  const byName = presetCommands(snapshot, now);
  const recent = recentCommands(snapshot, now);
  return (
    <>
      <Card title={p.title}>
        {presets.list.map((preset, at) => (
          <Choice key={preset.name} status={preset.status} command={byName[at]}>
            <bdi className="block font-medium">{preset.name}</bdi>
            <span className="block text-muted">{presetWords(preset, preferences, now)}</span>
          </Choice>
        ))}
        <div className="flex flex-wrap items-center gap-x-6 gap-y-2 p-4 sm:px-6">
          <p className="min-w-0 flex-1 basis-52 text-muted">
            {presets.list.length === 0 ? p.whatTheyAre : p.whereTheyAre}
          </p>
          <Button icon={Plus} isDisabled={presets.list.length >= mostPresets} onPress={onAddPreset}>
            {p.add}
          </Button>
        </div>
      </Card>
      {recent.length > 0 && (
        <Card title={t.recent}>
          {recent.map((command, at) => (
            <Choice key={command.id} status={presets.recent[at]?.status ?? 'Unknown'} command={command}>
              {command.title}
            </Choice>
          ))}
        </Card>
      )}
    </>
  );
}

interface ChoiceProps {
  readonly status: Status;
  readonly command: Pick<Command, 'action' | 'why'> | undefined;
  readonly children: React.ReactNode;
}

function Choice({ status, command, children }: ChoiceProps) {
  const run = useRun();
  return (
    <button
      type="button"
      disabled={command?.why !== undefined}
      title={command?.why}
      onClick={() => command && run(command.action)}
      className="flex min-h-11 w-full items-center gap-3 px-4 py-2 text-left -outline-offset-2 hover:bg-sunken disabled:opacity-50 sm:px-6"
    >
      <StatusIcon status={status} size={1.125} />
      <span className="min-w-0 flex-1 [overflow-wrap:anywhere]">{children}</span>
    </button>
  );
}
