import type { MqttView } from '../mqtt.ts';
import { statusWord } from '../zoom/presence.ts';
import { clockTime } from './clock.ts';
import { mqtt as t } from './en/mqtt.ts';

/** How it is with the broker, in sentences, the first of which is of a failure where there is one; `now` in epoch ms. */
export function brokerWords(view: MqttView, now: number): readonly string[] {
  const { failed, retryAt, isLeft } = view;
  return [
    failed && t.failed(clockTime(failed.at, now), t.problems[failed.problem]),
    isLeft && t.left,
    retryAt !== undefined && retryAt > now && t.tryAgainAt(clockTime(retryAt, now)),
    !failed && phaseWords(view, now),
  ].filter((one) => typeof one === 'string');
}

function phaseWords({ on, phase, host, told }: MqttView, now: number): string | undefined {
  switch (phase) {
    case 'off':
      return undefined;
    case 'waiting':
      return t.noAccount;
    case 'connecting':
      return t.connecting(host);
    case 'connected':
      if (!on) return t.leaving;
      return told
        ? t.connectedTold(host, statusWord(told.status), clockTime(told.at, now))
        : t.connected(host);
  }
}
