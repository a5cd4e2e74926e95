import { useEffect, useRef, useState } from 'react';
import { loopbackRedirect, portRedirect, redirectProblem, wayBack } from '../../../shared/redirects.ts';
import { Button } from '../../components/button.tsx';
import { Field } from '../../components/field.tsx';
import { Radios } from './radios.tsx';
import type { StepProps } from './step.tsx';
import type { Way } from './ways.ts';

const ways: readonly { readonly value: Way; readonly word: string; readonly detail: string }[] = [
  { value: 'loopback', word: 'This computer', detail: 'The usual way' },
  { value: 'port', word: 'This computer, with a port', detail: 'Where the form wants a port' },
  { value: 'web', word: 'An https page', detail: 'Where the form wants https' },
  {
    value: 'secret',
    word: 'An https page and a secret',
    detail: 'Where there is no “Use Public Client OAuth”',
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
        Does Zoom say “Wrong URL format” or “Invalid redirect”?
      </summary>
      <div className="mt-3 flex flex-col items-start gap-3">
        <p className="text-muted">
          Switch “Use Public Client OAuth” on first. If Zoom still refuses the address, try the next of these.
          Each changes the address above.
        </p>
        <Radios label="How the browser comes back" value={chosen} onChange={choose} choices={ways} />
        {isWeb && (
          <>
            <p className="text-muted">
              Any address below https that is yours, or your company’s, will do, even if there is no page:
              after you approve, you copy the address that the browser ends at into Tally. With the page from
              Tally’s docs/redirect-page there, the browser comes back by itself.
            </p>
            <div className="w-full">
              <Field
                ref={field}
                label="Your https address"
                placeholder="https://www.example.com/tally"
                defaultValue={kept === 'web' ? redirectUri : ''}
                problem={problem}
                onChange={() => problem && setProblem(undefined)}
              />
            </div>
            <Button onPress={use}>Use this address for the app</Button>
          </>
        )}
      </div>
    </details>
  );
}

const notWeb = 'This address leads to this computer. Write one that begins with https://.';
