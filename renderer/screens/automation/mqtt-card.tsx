import { type FormEvent, useRef, useState } from 'react';
import { longestHost, longestMqttField, type MqttView, mqttPorts } from '../../../shared/mqtt.ts';
import { common } from '../../../shared/words/en/common.ts';
import { mqtt as t } from '../../../shared/words/en/mqtt.ts';
import { brokerWords } from '../../../shared/words/mqtt.ts';
import { Button } from '../../components/button.tsx';
import { Card } from '../../components/card.tsx';
import { Checkbox } from '../../components/checkbox.tsx';
import { Field } from '../../components/field.tsx';
import { Toggle } from '../../components/toggle.tsx';
import { useRun } from '../../lib/actions.ts';
import { useNow } from '../../lib/use-now.ts';

/** The broker that is told of the status, and how that goes. */
export function MqttCard({ view }: { readonly view: MqttView }) {
  const run = useRun();
  const { on, host, port, tls, reasons, names } = view;
  return (
    <Card title={t.title}>
      <Toggle isOn={on} onChange={(wanted) => run({ type: 'mqtt.on', on: wanted })} help={t.runHelp}>
        {t.run}
      </Toggle>
      <Standing view={view} />
      {/* Another broker is kept: that is what stands here then. */}
      <BrokerForm key={`${host} ${port} ${tls}`} view={view} />
      <Toggle
        isOn={reasons}
        onChange={(wanted) => run({ type: 'mqtt.extras', reasons: wanted })}
        help={t.reasonsHelp}
      >
        {t.reasons}
      </Toggle>
      <Toggle
        isOn={names}
        onChange={(wanted) => run({ type: 'mqtt.extras', names: wanted })}
        help={t.namesHelp}
      >
        {t.names}
      </Toggle>
    </Card>
  );
}

function Standing({ view }: { readonly view: MqttView }) {
  const run = useRun();
  const now = useNow(true);
  const { failed, isLeft, phase } = view;
  const words = brokerWords(view, now);
  if (words.length === 0) return null;
  return (
    <div role="status" className="flex flex-wrap items-center gap-3 p-4 sm:px-6">
      <p className="min-w-0 flex-1 basis-52 [overflow-wrap:anywhere]">
        {words.map((sentence, at) => (
          <span
            key={sentence}
            className={`block ${failed && at === 0 ? 'font-medium text-danger' : 'text-muted'}`}
          >
            {sentence}
          </span>
        ))}
      </p>
      {(isLeft || (failed && phase === 'waiting')) && (
        <Button onPress={() => run({ type: 'mqtt.retry' })}>{t.retry}</Button>
      )}
    </div>
  );
}

const useLine = () => useRef<HTMLInputElement>(null);

/** User and password go to main and stay in no state of the window; their lines are empty as soon as main has them. */
function BrokerForm({ view }: { readonly view: MqttView }) {
  const run = useRun();
  const [host, setHost] = useState(view.host);
  const [port, setPort] = useState(String(view.port));
  const [tls, setTls] = useState(view.tls);
  const [needsUser, setNeedsUser] = useState(false);
  const [user, password] = [useLine(), useLine()];
  const encrypt = (on: boolean) => {
    setTls(on);
    const [from, to] = on ? [mqttPorts.plain, mqttPorts.tls] : [mqttPorts.tls, mqttPorts.plain];
    if (port === String(from)) setPort(String(to));
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const [name = '', word = ''] = [user, password].map((line) => line.current?.value);
    setNeedsUser(name === '' && word !== '');
    if (name === '' && word !== '') return user.current?.focus();
    const login = name === '' ? {} : { login: { user: name, password: word } };
    // What is no number is a port that main refuses in words.
    const number = /^\d{1,5}$/.test(port.trim()) ? Number(port) : 0;
    if (!(await run({ type: 'mqtt.broker', host, port: number, tls, ...login }))) return;
    for (const line of [user, password]) if (line.current) line.current.value = '';
  };
  const help = { none: t.loginHelp, kept: t.loginKept, memory: t.loginInMemory }[view.login];
  return (
    <form onSubmit={submit} className="flex flex-col gap-3 p-4 sm:px-6">
      <div className="grid gap-3 sm:grid-cols-[1fr_8rem]">
        <Field
          label={t.host}
          help={t.hostHelp}
          dir="ltr"
          maxLength={longestHost}
          value={host}
          onChange={({ target }) => setHost(target.value)}
        />
        <Field
          label={t.port}
          dir="ltr"
          inputMode="numeric"
          maxLength={5}
          value={port}
          onChange={({ target }) => setPort(target.value)}
        />
      </div>
      <Checkbox isOn={tls} onChange={encrypt} detail={tls ? t.tlsHelp : t.plain}>
        {t.tls}
      </Checkbox>
      <div className="grid gap-3 sm:grid-cols-2">
        <Field
          ref={user}
          label={t.user}
          maxLength={longestMqttField}
          problem={needsUser ? t.noUser : undefined}
        />
        <Field ref={password} type="password" label={t.password} maxLength={longestMqttField} />
      </div>
      <p className="text-muted text-xs">{help}</p>
      <span className="flex flex-wrap gap-2">
        <Button type="submit">{tls ? common.save : t.savePlain}</Button>
        {view.login !== 'none' && (
          <Button look="quiet" onPress={() => run({ type: 'mqtt.forget' })}>
            {t.forget}
          </Button>
        )}
      </span>
    </form>
  );
}
