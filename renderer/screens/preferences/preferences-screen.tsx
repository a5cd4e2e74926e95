import { useId, useState } from 'react';
import { FieldError } from 'react-aria-components/FieldError';
import { Input } from 'react-aria-components/Input';
import { Label } from 'react-aria-components/Label';
import { Text } from 'react-aria-components/Text';
import { TextField } from 'react-aria-components/TextField';
import { version } from '../../../package.json';
import type { Preferences, Theme } from '../../../shared/app.ts';
import { themeWords } from '../../../shared/commands.ts';
import { libraryRooms } from '../../../shared/library.ts';
import type { NotificationPreference } from '../../../shared/notifications.ts';
import { shortcutNews, shortcutProblem } from '../../../shared/shortcut-use.ts';
import { durationWords } from '../../../shared/words/durations.ts';
import { preferences as t } from '../../../shared/words/en/preferences.ts';
import { sizeWords } from '../../../shared/words/sizes.ts';
import { dndMinutes } from '../../../shared/zoom/limits.gen.ts';
import { Button } from '../../components/button.tsx';
import { Card } from '../../components/card.tsx';
import { columnsLook, rowLook } from '../../components/looks.ts';
import { PageTitle } from '../../components/page-title.tsx';
import { Segments } from '../../components/segments.tsx';
import { Select } from '../../components/select.tsx';
import { ShortcutField } from '../../components/shortcut-field.tsx';
import { RowWords, Toggle } from '../../components/toggle.tsx';
import { useRun } from '../../lib/actions.ts';
import type { ScreenProps } from '../../lib/screen.ts';
import { hourOfDay, readMinutes } from '../../lib/time.ts';
import { isMac } from '../../lib/use-palette-key.ts';
import { PresetsCard } from '../presets/presets-card.tsx';

const clicks = [
  ...(isMac ? [{ value: 'menu', word: t.clickMenu } as const] : []),
  { value: 'popover', word: t.clickPopover },
  { value: 'window', word: t.clickWindow },
] as const;
const themes = (Object.keys(themeWords) as Theme[]).map((value) => ({ value, word: themeWords[value] }));
/** The half hours at which a day may end, in minutes after midnight. */
const ends = Array.from({ length: 48 }, (_, half) => half * 30);
const hours = Array.from({ length: 24 }, (_, hour) => hour);

/** The kinds of notifications, the most needed first. */
const notifications: readonly {
  readonly preference: NotificationPreference;
  readonly word: string;
  readonly help: string;
}[] = [
  {
    preference: 'notifyRefused',
    word: t.statusRefused,
    help: t.statusRefusedHelp,
  },
  {
    preference: 'notifyEnded',
    word: t.timerEnded,
    help: t.timerEndedHelp,
  },
  { preference: 'notifyEnding', word: t.timerEnding, help: t.timerEndingHelp },
  { preference: 'notifyZak', word: t.zakCopied, help: t.zakCopiedHelp },
  {
    preference: 'notifyUploads',
    word: t.uploadsFinished,
    help: t.uploadsFinishedHelp,
  },
  { preference: 'notifySignIn', word: t.signInEnded, help: t.signInEndedHelp },
];

/** What a person can set about Tally itself. Each change is kept at once. */
export default function PreferencesScreen({ snapshot }: Pick<ScreenProps, 'snapshot'>) {
  const { preferences, startsAtLogin, update } = snapshot;
  const run = useRun();
  const id = useId();
  const set = (patch: Partial<Preferences>) => run({ type: 'preferences.set', patch });
  return (
    <>
      <PageTitle>{t.title}</PageTitle>
      <div className={columnsLook}>
        <Card title={t.window}>
          <div className={rowLook}>
            <span id={`${id}-theme`} className="min-w-0 flex-1 basis-52 font-medium">
              {t.theme}
            </span>
            <Segments
              aria-labelledby={`${id}-theme`}
              choices={themes}
              chosen={preferences.theme}
              onChoose={(theme) => set({ theme })}
            />
          </div>
          {startsAtLogin !== undefined && (
            <Toggle
              isOn={startsAtLogin}
              onChange={(on) => run({ type: 'login.set', on })}
              help={t.startAtLoginHelp}
            >
              {t.startAtLogin}
            </Toggle>
          )}
          <Toggle
            isOn={preferences.startHidden}
            onChange={(startHidden) => set({ startHidden })}
            help={t.startInTrayHelp}
          >
            {t.startInTray}
          </Toggle>
          <div className={rowLook}>
            <span className="min-w-0 flex-1 basis-52">
              <span id={`${id}-click`} className="block font-medium">
                {t.click}
              </span>
              <span className="block text-muted">{isMac ? t.clickHelpMac : t.clickHelp}</span>
            </span>
            <Segments
              aria-labelledby={`${id}-click`}
              choices={clicks}
              chosen={preferences.trayClick}
              onChoose={(trayClick) => set({ trayClick })}
            />
          </div>
          <ShortcutField
            look={rowLook}
            help={t.shortcutHelp}
            shortcut={preferences.shortcut}
            problem={shortcutProblem(preferences.shortcut, { kind: 'popover' }, snapshot)}
            news={shortcutNews(preferences.shortcut, snapshot)}
            onChange={(shortcut) => set({ shortcut })}
          />
        </Card>
        <Card title={t.status}>
          <DndLength minutes={preferences.dndMinutes} onChange={(minutes) => set({ dndMinutes: minutes })} />
          <div className={rowLook}>
            <label htmlFor={`${id}-morning`} className="flex min-w-0 flex-1 basis-52">
              <RowWords help={t.dayStartsHelp}>{t.dayStarts}</RowWords>
            </label>
            <Select
              id={`${id}-morning`}
              value={preferences.morningHour}
              onChange={(event) => set({ morningHour: Number(event.target.value) })}
            >
              {hours.map((hour) => (
                <option key={hour} value={hour}>
                  {hourOfDay(hour)}
                </option>
              ))}
            </Select>
          </div>
          <div className={rowLook}>
            <label htmlFor={`${id}-evening`} className="flex min-w-0 flex-1 basis-52">
              <RowWords help={t.dayEndsHelp}>{t.dayEnds}</RowWords>
            </label>
            <Select
              id={`${id}-evening`}
              value={preferences.endOfDay}
              onChange={(event) => set({ endOfDay: Number(event.target.value) })}
            >
              {ends.map((end) => (
                <option key={end} value={end}>
                  {hourOfDay(end / 60)}
                </option>
              ))}
            </Select>
          </div>
        </Card>
        <PresetsCard snapshot={snapshot} />
        <Card title={t.notifications}>
          {notifications.map(({ preference, word, help }) => (
            <Toggle
              key={preference}
              isOn={preferences[preference]}
              onChange={(on) => set({ [preference]: on })}
              help={help}
            >
              {word}
            </Toggle>
          ))}
        </Card>
        <Card title={t.privacy}>
          <Toggle
            isOn={preferences.keepHistory}
            onChange={(keepHistory) => set({ keepHistory })}
            help={t.historyHelp}
          >
            {t.history}
          </Toggle>
          <div className={rowLook}>
            <label htmlFor={`${id}-library`} className="flex min-w-0 flex-1 basis-52">
              <RowWords help={t.librarySizeHelp}>{t.librarySize}</RowWords>
            </label>
            <Select
              id={`${id}-library`}
              value={preferences.libraryMegabytes}
              onChange={(event) => {
                const room = libraryRooms.find((one) => one === Number(event.target.value));
                if (room !== undefined) set({ libraryMegabytes: room });
              }}
            >
              {libraryRooms.map((room) => (
                <option key={room} value={room}>
                  {sizeWords(room * 1_000_000)}
                </option>
              ))}
            </Select>
          </div>
          <Toggle
            isOn={preferences.allowLinks}
            onChange={(allowLinks) => set({ allowLinks })}
            help={t.linksHelp}
          >
            {t.links}
          </Toggle>
          {update && (
            <Toggle
              isOn={preferences.checkUpdates}
              onChange={(checkUpdates) => set({ checkUpdates })}
              help={t.updatesHelp}
            >
              {t.updates}
            </Toggle>
          )}
          {update?.version !== undefined && (
            <div className={rowLook}>
              <RowWords help={t.updateHelp}>{t.updateOut(update.version)}</RowWords>
              <Button onPress={() => run({ type: 'web.open', page: 'releases' })}>{t.getUpdate}</Button>
            </div>
          )}
        </Card>
        <Card title={t.about}>
          <div className={rowLook}>
            <RowWords help={t.aboutHelp}>{t.version(version)}</RowWords>
            <Button onPress={() => run({ type: 'licenses.open' })}>{t.licenses}</Button>
          </div>
        </Card>
      </div>
    </>
  );
}

/** What to type instead, with the limits in words. */
const minutesHelp = t.dndLimits(
  dndMinutes.min,
  dndMinutes.max,
  durationWords(dndMinutes.min * 60_000, 'long'),
  durationWords(dndMinutes.max * 60_000, 'long'),
);

interface DndLengthProps {
  readonly minutes: number;
  readonly onChange: (minutes: number) => void;
}

/** Kept when the field is left or Enter pressed, and only when Zoom would take it. */
function DndLength({ minutes, onChange }: DndLengthProps) {
  const [text, setText] = useState<string>();
  const shown = text ?? String(minutes);
  const input = readMinutes(shown, dndMinutes);
  const commit = () => {
    if (!input.ok) return;
    setText(undefined);
    if (input.minutes !== minutes) onChange(input.minutes);
  };
  return (
    <TextField
      value={shown}
      onChange={setText}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === 'Enter') commit();
        if (event.key === 'Escape') setText(undefined);
      }}
      isInvalid={!input.ok}
      validationBehavior="aria"
      className={rowLook}
    >
      <span className="min-w-0 flex-1 basis-52">
        <Label className="block font-medium">{t.dndLength}</Label>
        {input.ok && (
          <Text slot="description" className="block text-muted">
            {t.dndLengthHelp(durationWords(input.minutes * 60_000, 'long'))}
          </Text>
        )}
        <FieldError className="block text-danger">{minutesHelp}</FieldError>
      </span>
      <span className="flex items-center gap-2">
        <Input
          inputMode="numeric"
          autoComplete="off"
          maxLength={10}
          className="selectable min-h-11 w-20 rounded-lg border border-edge bg-surface px-3 text-right tabular-nums data-invalid:border-danger sm:min-h-9"
        />
        <span className="text-muted">{t.minutes}</span>
      </span>
    </TextField>
  );
}
