import { type Result, tallyError } from '../../../shared/errors.ts';
import type { MqttAction, MqttProblem, MqttView } from '../../../shared/mqtt.ts';
import { mqtt as t } from '../../../shared/words/en/mqtt.ts';
import { readStatus } from '../../../shared/zoom/presence.ts';
import { createKeeper } from '../calendars/keeper.ts';
import { fitsKeychain } from '../calendars/secrets.ts';
import { accepted } from '../feature.ts';
import { isThisComputer } from '../http/proxy.ts';
import { createAlarm } from '../lib/alarm.ts';
import { defined } from '../lib/defined.ts';
import type { Clock, Files, Network, SecretStore } from '../ports.ts';
import { brokerItem } from '../sign-in/vault.ts';
import { isPort, placeOf, readHost } from './address.ts';
import type { BrokerConnection, Message, Opening } from './connection.ts';
import {
  birthTopic,
  clientIdOf,
  entityOf,
  farewellOf,
  messagesOf,
  offline,
  type Shown,
  stateTopic,
} from './messages.ts';
import { type KeptMqtt, readMqtt } from './stored.ts';

const minute = 60_000;
/** A broker that was not reached, or was lost, is tried again after so long, in ms, the longer the more often that was so. */
const again = [1, 2, 5, 10, 15].map((minutes) => minutes * minute);
/** A connection that lasted so long, in ms, was a good one: longer than the longest wait, or two with one client id would fight. */
const stable = 20 * minute;

/** In the file of what goes out; it is the computer's, not an account's. */
const entry = 'mqtt';
/** The one secret that there is. */
const login = 'login';

export interface MqttDeps {
  readonly clock: Clock;
  readonly files: Pick<Files, 'kept' | 'keep'>;
  readonly network: Pick<Network, 'trustSystem'>;
  readonly secrets: SecretStore;
  /** What connects; loaded at first use unless told. */
  readonly broker?: Pick<Opening, 'lookup'> | undefined;
  changed(): void;
}

interface Link {
  readonly connection: BrokerConnection;
  /** Of whom the broker tells that Tally is gone. */
  readonly entity: string | undefined;
  /** What the broker has taken, by topic; begun anew when all is to be told again. */
  said: Map<string, string>;
  /** When the broker took the connection, epoch ms. */
  openedAt?: number;
  isSpeaking: boolean;
}

/** Tells a broker of the status that is shown, for Home Assistant and whatever else listens there. Presence never waits for it. */
export function createMqtt({ clock, files, network, secrets, broker, changed }: MqttDeps) {
  let kept = readMqtt(files.kept('outwards', entry));
  let shown: Shown | undefined;
  let link: Link | undefined;
  let isOpening = false;
  let failures = 0;
  let failed: MqttView['failed'];
  let retryAt: number | undefined;
  let told: MqttView['told'];
  /** It was switched off, and what the broker keeps is yet to be taken away. */
  let isLeaving = false;
  /** The same before another broker is told. */
  let isMoving = false;
  let trustsSystem = false;
  let stopped = false;
  const alarm = createAlarm(clock, look);
  const ids = () => (kept.hasLogin ? [login] : []);
  const keeper = createKeeper({ clock, secrets, item: brokerItem, ids, changed: keychainChanged });
  if (kept.isUnclean || (kept.on && kept.hasLogin)) void keeper.settle(false);

  function keep(patch: Partial<KeptMqtt>): void {
    kept = { ...kept, ...patch };
    files.keep('outwards', entry, kept);
  }

  function keychainChanged(): void {
    if (kept.isUnclean && keeper.isSettled()) keep({ isUnclean: false });
    changed();
    look();
  }

  /** Whom the broker is to be told of. */
  function entity(): string | undefined {
    if (!kept.on || isMoving || !shown || shown.account.phase === 'none') return undefined;
    const { key, practice } = shown.account;
    // Nothing of the practice account leaves this computer.
    const isHere = isThisComputer(kept.host.includes(':') ? `[${kept.host}]` : kept.host);
    return practice && !isHere ? undefined : entityOf(key, kept.own);
  }

  /** What the broker is to forget. */
  function gone(): readonly string[] {
    if (!kept.on || isMoving) return kept.announced;
    const known = (shown?.accounts ?? []).map((one) => entityOf(one.key, kept.own));
    return kept.announced.filter((one) => !known.includes(one) && one !== entity());
  }

  const isWanted = () =>
    shown !== undefined &&
    kept.host !== '' &&
    (kept.on ? entity() !== undefined || gone().length > 0 : isLeaving);

  function look(): void {
    if (stopped) return;
    if (link?.openedAt !== undefined) return void speak(link);
    const own = entity();
    if (link && own !== undefined && own !== link.entity) drop();
    if (link || isOpening || !isWanted()) return;
    if (retryAt !== undefined && retryAt > clock.now()) return;
    void connect();
  }

  function drop(): void {
    link?.connection.drop();
    link = undefined;
  }

  /** What opens the broker, undefined where nothing is needed, or why there is nothing. */
  function loginHere(): Opening['login'] | 'keychain' | 'login-gone' {
    if (!kept.hasLogin) return undefined;
    const secret = keeper.get(login);
    if (!secret) return keeper.isOpen() ? 'login-gone' : 'keychain';
    // What is meant for one broker is not for another, whatever stands in the file.
    if (secret.url !== placeOf(kept)) return 'login-gone';
    return { user: secret.user ?? '', password: secret.password ?? '' };
  }

  async function connect(): Promise<void> {
    const missing = loginHere();
    if (typeof missing === 'string') {
      if (failed?.problem !== missing) {
        failed = { problem: missing, at: clock.now() };
        changed();
      }
      return;
    }
    isOpening = true;
    changed();
    const { openConnection } = await import('./connection.ts');
    isOpening = false;
    const found = loginHere();
    if (stopped || link || !isWanted() || typeof found === 'string') {
      changed();
      look();
      return;
    }
    const own = entity();
    const { host, port, tls } = kept;
    const opening: Opening = {
      ...broker,
      ...{ host, port, tls, clientId: clientIdOf(kept.own), login: found, listenTo: birthTopic },
      will: own === undefined ? undefined : offline(own),
    };
    const connection = openConnection(opening, clock, {
      opened: () => opened(mine),
      heard: (message) => heard(mine, message),
      ended: (problem) => ended(mine, problem),
    });
    const mine: Link = { connection, entity: own, said: new Map(), isSpeaking: false };
    link = mine;
  }

  function opened(mine: Link): void {
    mine.openedAt = clock.now();
    failed = undefined;
    retryAt = undefined;
    alarm.set(undefined);
    changed();
    void speak(mine);
  }

  /** Home Assistant has started, and wants to be told everything. */
  function heard(mine: Link, { topic, payload }: Message): void {
    if (topic !== birthTopic || payload !== 'online') return;
    mine.said = new Map();
    void speak(mine);
  }

  function ended(mine: Link, problem: MqttProblem): void {
    if (link !== mine) return;
    link = undefined;
    if (problem === 'untrusted' && !trustsSystem) {
      // It blocks for a tenth of a second, so it is done for those who need it.
      trustsSystem = network.trustSystem();
      if (trustsSystem) {
        look();
        return;
      }
    }
    const now = clock.now();
    const lasted = mine.openedAt === undefined ? 0 : now - mine.openedAt;
    if (lasted >= stable) failures = 0;
    const isTaken = problem === 'closed' && failures > 0;
    failed = { problem: isTaken ? 'taken' : problem, at: now };
    if (isMoving) moved();
    else if (kept.on) wait(now);
    isLeaving = false;
    changed();
    look();
  }

  function wait(now: number): void {
    retryAt = now + (again[Math.min(failures, again.length - 1)] ?? minute);
    failures += 1;
    alarm.set(retryAt);
  }

  /** Tells the broker one message after the other, always the newest, until it has all. */
  async function speak(mine: Link): Promise<void> {
    if (mine.isSpeaking) return;
    mine.isSpeaking = true;
    let goesOn = true;
    while (goesOn && link === mine) goesOn = (await takeAway(mine)) || (await tellNext(mine));
    mine.isSpeaking = false;
    if (link === mine) settle(mine);
  }

  async function takeAway({ connection }: Link): Promise<boolean> {
    const [one] = gone();
    if (one === undefined) return false;
    for (const message of farewellOf(one)) if (!(await connection.publish(message))) return false;
    keep({ announced: kept.announced.filter((other) => other !== one) });
    return true;
  }

  async function tellNext(mine: Link): Promise<boolean> {
    const own = entity();
    if (own === undefined || own !== mine.entity || !shown) return false;
    const { said } = mine;
    const messages = messagesOf(own, shown, kept, clock.now());
    const next = messages.find(({ topic, payload }) => said.get(topic) !== payload);
    if (!next) return false;
    if (!kept.announced.includes(own)) keep({ announced: [...kept.announced, own] });
    if (!(await mine.connection.publish(next))) return false;
    said.set(next.topic, next.payload);
    if (next.topic === stateTopic(own)) {
      told = { status: readStatus(next.payload), at: clock.now() };
      changed();
    }
    return true;
  }

  /** The broker has all that it is to have. */
  function settle(mine: Link): void {
    const own = entity();
    if (own !== undefined && own === mine.entity) return;
    link = undefined;
    if (own === undefined) mine.connection.close();
    // The account is another one, and with it what the broker tells when Tally is gone: it does so now, of the former.
    else mine.connection.drop();
    if (isMoving) moved();
    isLeaving = false;
    changed();
    look();
  }

  function moved(): void {
    isMoving = false;
    keep({ announced: [] });
  }

  /** The person has changed something, so what went wrong before may be right now. */
  function afresh(): Result<null> {
    failures = 0;
    failed = undefined;
    retryAt = undefined;
    alarm.set(undefined);
    if (kept.on && kept.hasLogin && !keeper.isSettled()) void keeper.settle(true);
    changed();
    look();
    return accepted;
  }

  function switchTo(on: boolean): Result<null> {
    if (on && kept.host === '') return refused(t.noBroker);
    keep({ on });
    told = undefined;
    isLeaving = !on && kept.announced.length > 0;
    if (!on && !isLeaving) drop();
    return afresh();
  }

  function setBroker(given: Extract<MqttAction, { type: 'mqtt.broker' }>): Result<null> {
    const read = readHost(given.host);
    if (!read.ok) return refused(t.hostProblems[read.problem]);
    if (!isPort(given.port)) return refused(t.noPort);
    const place = { host: read.host, port: given.port, tls: given.tls };
    const secret = given.login && { url: placeOf(place), ...given.login };
    if (secret && !fitsKeychain({ [login]: secret })) return refused(t.loginTooLong);
    const isSame = placeOf(place) === placeOf(kept);
    if (!isSame) leaveFormer();
    else if (secret) drop();
    const isUnclean = kept.isUnclean || kept.hasLogin || secret !== undefined;
    keep({ ...place, hasLogin: secret !== undefined || (isSame && kept.hasLogin), isUnclean });
    if (secret) keeper.put(login, secret);
    else if (isUnclean && !kept.hasLogin) void keeper.settle(true);
    return afresh();
  }

  function leaveFormer(): void {
    if (link?.openedAt !== undefined) {
      isMoving = true;
    } else {
      drop();
      keep({ announced: [] });
    }
  }

  function forgetLogin(): Result<null> {
    keep({ hasLogin: false, isUnclean: true });
    void keeper.settle(true);
    drop();
    return afresh();
  }

  function phase(): MqttView['phase'] {
    if (!kept.on && !isLeaving) return 'off';
    if (link?.openedAt !== undefined) return 'connected';
    return link || isOpening ? 'connecting' : 'waiting';
  }

  return {
    view(): MqttView {
      const { on, host, port, tls, reasons, names, announced } = kept;
      const isInMemory = keeper.get(login) !== undefined && !keeper.isKept(login);
      return {
        ...{ on, host, port, tls, reasons, names },
        login: !kept.hasLogin ? 'none' : isInMemory ? 'memory' : 'kept',
        phase: phase(),
        ...(told && { told }),
        ...(failed && { failed }),
        ...(failed && retryAt !== undefined && { retryAt }),
        isLeft: !on && !isLeaving && announced.length > 0,
      };
    },
    run(action: MqttAction): Result<null> {
      switch (action.type) {
        case 'mqtt.on':
          return switchTo(action.on);
        case 'mqtt.broker':
          return setBroker(action);
        case 'mqtt.extras': {
          const { type: _, ...patch } = action;
          keep(defined(patch));
          changed();
          look();
          return accepted;
        }
        case 'mqtt.forget':
          return forgetLogin();
        case 'mqtt.retry':
          isLeaving = !kept.on && kept.announced.length > 0;
          return afresh();
      }
    },
    /** The status may be another one, or the account. */
    look(next: Shown): void {
      shown = next;
      look();
    },
    /** Leaves a connection that sleep has ended without telling, and tries again what waits. */
    wake(): void {
      if (link?.openedAt !== undefined) drop();
      retryAt = undefined;
      alarm.set(undefined);
      look();
    },
    /** Ends the connection without a word: the broker tells that Tally is gone. */
    stop(): void {
      stopped = true;
      alarm.set(undefined);
      keeper.stop();
      drop();
    },
  };
}

const refused = (what: string): Result<never> => ({
  ok: false,
  error: tallyError('invalid-input', what, { action: 'check-input' }),
});
