import { Check, ClipboardCopy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { type CallInput, type CodeFormat, codeFormats } from '../../../shared/advanced.ts';
import { advanced as t } from '../../../shared/words/en/advanced.ts';
import { common } from '../../../shared/words/en/common.ts';
import { Menu } from '../../components/menu.tsx';
import { useRun } from '../../lib/actions.ts';
import { ask } from '../../lib/bridge.ts';

const names: Readonly<Record<CodeFormat, string>> = {
  curl: t.copyAsCurl,
  fetch: t.copyAsFetch,
  http: t.copyAsHttp,
};

/** How long "Copied" stands, in ms. */
const shownFor = 2_000;

/** Copies the call as a command or program text; in place of the token it has $ZOOM_TOKEN. */
export function CodeMenu({ input }: { readonly input: CallInput }) {
  const run = useRun();
  const [said, setSaid] = useState('');
  useEffect(() => {
    if (said === '') return;
    const timer = window.setTimeout(() => setSaid(''), shownFor);
    return () => window.clearTimeout(timer);
  }, [said]);
  const copy = async (format: CodeFormat) => {
    const code = await ask(window.tally.advanced.code({ input, format }));
    if (!code.ok) setSaid(code.error.what);
    else if (await run({ type: 'clipboard.copy', text: code.value })) setSaid(common.copied);
  };
  const Icon = said === common.copied ? Check : ClipboardCopy;
  return (
    <span className="relative flex items-center">
      <span
        role="status"
        className="pointer-events-none absolute top-full right-0 z-10 mt-1 whitespace-nowrap rounded-md bg-text px-2 py-1 font-medium text-bg text-xs empty:hidden"
      >
        {said}
      </span>
      <Menu
        label={t.copyAsCode}
        buttonLabel={t.copyAsCode}
        className="inline-flex size-11 items-center justify-center rounded-lg text-muted hover:bg-sunken hover:text-text data-pressed:bg-sunken sm:size-9"
        listLook="right-0 top-full mt-1 w-56"
        entries={codeFormats.map((format) => ({
          key: format,
          icon: <ClipboardCopy className="size-4 shrink-0 text-muted" />,
          words: names[format],
          onPress: () => void copy(format),
        }))}
      >
        <Icon className="size-4.5" />
      </Menu>
    </span>
  );
}
