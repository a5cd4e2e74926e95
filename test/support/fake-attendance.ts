import type { Attendance, DesktopQuiet, DeviceUse } from '../../electron/core/ports.ts';

export interface FakeAttendance extends Attendance {
  state: ReturnType<Attendance['look']>;
  /** How often it was looked. */
  looks: number;
  /** The screen is locked or unlocked, or nothing tells of it any more. */
  lock(locked: boolean | undefined): void;
  /** The desktop shows no notifications, or does, or nothing tells of it any more. */
  quiet(quiet: boolean | undefined): void;
  /** Whether it does. */
  isQuiet(): boolean | undefined;
  /** The desktop's own: it takes whatever it is asked for, and tells of it. */
  readonly desktopQuiet: DesktopQuiet;
  /** There was no input since then; null: somebody is here; undefined: nothing tells. */
  idle(since: number | null | undefined): void;
  /** For how long there has to be none, in ms, for each that waits for that. */
  readonly idleAfter: readonly number[];
  /** Programs use a microphone or camera, or nothing tells of it any more. */
  use(uses: readonly DeviceUse[] | undefined): void;
  /** The screen is unlocked by somebody. */
  unlock(): void;
  /** Who waits for that. */
  readonly listening: ReadonlySet<() => void>;
}

/** A computer that somebody sits at until a test sends them away. */
export function createFakeAttendance(): FakeAttendance {
  const listening = new Set<() => void>();
  const idling = new Map<(since: number | null | undefined) => void, number>();
  const hearing = new Set<(quiet: boolean | undefined) => void>();
  let isQuiet: boolean | undefined = false;
  const become = (quiet: boolean | undefined) => {
    isQuiet = quiet;
    for (const listener of [...hearing]) listener(quiet);
  };
  const watching = new Set<(locked: boolean | undefined) => void>();
  const users = new Set<(uses: readonly DeviceUse[] | undefined) => void>();
  return {
    state: 'here',
    looks: 0,
    listening,
    look() {
      this.looks += 1;
      return this.state;
    },
    onUnlock(listener) {
      listening.add(listener);
      return () => listening.delete(listener);
    },
    watchLock(listener) {
      watching.add(listener);
      listener(false);
      return () => watching.delete(listener);
    },
    lock(locked) {
      for (const listener of [...watching]) listener(locked);
    },
    desktopQuiet: {
      kind: 'kept',
      watch(listener) {
        hearing.add(listener);
        listener(isQuiet);
        return {
          async set(quiet) {
            become(quiet);
            return { taken: true, seen: quiet };
          },
          stop: () => void hearing.delete(listener),
        };
      },
    },
    quiet: become,
    isQuiet: () => isQuiet,
    get idleAfter() {
      return [...idling.values()];
    },
    watchIdle(after, listener) {
      idling.set(listener, after);
      return () => void idling.delete(listener);
    },
    idle(since) {
      for (const listener of [...idling.keys()]) listener(since);
    },
    watchDevices(listener) {
      users.add(listener);
      listener([]);
      return () => users.delete(listener);
    },
    use(uses) {
      for (const listener of [...users]) listener(uses);
    },
    unlock() {
      this.state = 'here';
      for (const listener of [...listening]) listener();
    },
  };
}
