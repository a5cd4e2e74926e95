import { useEffect, useRef, useState } from 'react';
import { loopbackRedirect, portRedirect, redirectProblem, wayBack } from '../../../shared/redirects.ts';
import { accounts as t } from '../../../shared/words/en/accounts.ts';
import { Button } from '../../components/button.tsx';
import { Field } from '../../components/field.tsx';
import { Radios } from './radios.tsx';
import type { StepProps } from './step.tsx';
import type { Way } from './ways.ts';

const ways: readonly { readonly value: Way; readonly word: string; readonly detail: string }[] = [
  { value: 'loopback', word: t.thisComputer, detail: t.usualWay },
  { value: 'port', word: t.withPort, detail: t.withPortDetail },
  { value: 'web', word: t.withHttps, detail: t.withHttpsDetail },
  {
    value: 'secret',
    word: t.withHttpsAndSecret,
    detail: t.withHttpsAndSecretDetail,
  },
];

/** How the browser comes back, for those whose form at Zoom does not take the usual address, or to whose port it cannot. */
export function WayBackChoice({ connecting, onChange, way }: StepProps) {
  const { redirectUri, isPublic } = connecting;
  const kept = wayBack(redirectUri);
  const [chosen, setChosen] = useState<Way>(way ?? (isPublic ? kept : 'secret'));
  const area = useRef<HTMLDetailsElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const [problem, setProblem] = useState<string>();
  const isWeb = chosen === 'web' || chosen === 'secret';

  function choose(way: Way): void {
    setChosen(way);
    setProblem(undefined);
    if (way === 'loopback') onChange({ redirectUri: loopbackRedirect, isPublic: true });
    else if (way === 'port') onChange({ redirectUri: portRedirect, isPublic: true });
    // The address has to be told first.
    else onChange({ isPublic: way === 'web' });
  }

  function use(): void {
    const address = field.current?.value.trim() ?? '';
    const wrong = redirectProblem(address) ?? (wayBack(address) === 'web' ? undefined : notWeb);
    setProblem(wrong);
    if (wrong) field.current?.focus();
    else onChange({ redirectUri: address });
  }

  useEffect(() => {
    if (way) area.current?.scrollIntoView({ block: 'start' });
    if (way) field.current?.focus();
  }, [way]);

  return (
    <details ref={area} open={chosen !== 'loopback' || !isPublic} className="w-full scroll-my-4">
      <summary className="w-fit cursor-default rounded text-muted outline-offset-2 focus-visible:outline-2 focus-visible:outline-focus">
        {t.wrongUrl}
      </summary>
      <div className="mt-3 flex flex-col items-start gap-3">
        <p className="text-muted">{t.wrongUrlNote}</p>
        <Radios label={t.howBrowserComesBack} value={chosen} onChange={choose} choices={ways} />
        {isWeb && (
          <>
            <p className="text-muted">{t.httpsNote}</p>
            <div className="w-full">
              <Field
                ref={field}
                label={t.yourHttps}
                placeholder={t.httpsExample}
                defaultValue={kept === 'web' ? redirectUri : ''}
                problem={problem}
                onChange={() => problem && setProblem(undefined)}
              />
            </div>
            <Button onPress={use}>{t.useHttps}</Button>
          </>
        )}
      </div>
    </details>
  );
}

const notWeb = t.httpsIsLocal;
