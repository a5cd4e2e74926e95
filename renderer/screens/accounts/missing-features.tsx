import { ExternalLink } from 'lucide-react';
import type { MissingOperation } from '../../../shared/accounts.ts';
import type { Cloud } from '../../../shared/places.ts';
import { accounts as t } from '../../../shared/words/en/accounts.ts';
import { common } from '../../../shared/words/en/common.ts';
import { anyOf } from '../../../shared/words/lists.ts';
import { operations } from '../../../shared/zoom/operations.gen.ts';
import { Button } from '../../components/button.tsx';
import { CopyButton } from '../../components/copy-button.tsx';
import { useRun } from '../../lib/actions.ts';
import { marketplaceOf } from './marketplace.ts';
import { features, missingFeatures, scopesToAdd } from './permissions.ts';

interface MissingFeaturesProps {
  readonly missing: readonly MissingOperation[];
  readonly cloud: Cloud;
}

/** What Tally was not allowed, and how to allow it. What most people leave out is not spread out before them. */
export function MissingFeatures({ missing, cloud }: MissingFeaturesProps) {
  const wanted = missing.filter(({ operation }) => features[operations[operation].group].usual);
  const others = missing.filter((one) => !wanted.includes(one));
  return (
    <section aria-label={t.notAllowed} className="flex flex-col gap-4 p-4 sm:px-6">
      {wanted.length > 0 && (
        <>
          <h2 className="-mb-3 font-semibold">{t.cannotDoEverything}</h2>
          <Remedy missing={wanted} cloud={cloud} />
        </>
      )}
      {others.length > 0 && (
        <details>
          <summary className="w-fit cursor-default rounded text-muted outline-offset-2 focus-visible:outline-2 focus-visible:outline-focus">
            {t.notEnabled([...new Set(others.map(featureWord))].join(', '))}
          </summary>
          <div className="mt-3 flex flex-col gap-4">
            <Remedy missing={others} cloud={cloud} />
          </div>
        </details>
      )}
    </section>
  );
}

const featureWord = ({ operation }: MissingOperation) => features[operations[operation].group].word;

function Remedy({ missing, cloud }: MissingFeaturesProps) {
  const run = useRun();
  return (
    <>
      <p className="text-muted">{t.howToAllow}</p>
      <dl className="flex flex-col gap-3">
        {missingFeatures(missing).map(({ word, parts }) => (
          <div key={word} className="flex flex-col gap-1.5">
            <dt className="font-medium">{word}</dt>
            {parts.map(({ title, scopes }) => (
              <dd key={scopes.join()} className="border-line border-l-2 pl-3">
                <span className="block text-muted">{title}</span>
                <code className="selectable text-xs [overflow-wrap:anywhere]">{anyOf(scopes)}</code>
              </dd>
            ))}
          </div>
        ))}
      </dl>
      <div className="flex flex-wrap gap-2">
        <CopyButton
          action={{ type: 'clipboard.copy', text: scopesToAdd(missing).join('\n') }}
          label={common.copy}
          what={t.allThatIsMissing}
        />
        <Button onPress={() => run({ type: 'web.open', page: marketplaceOf(cloud) })}>
          {t.openYourApps}
          <ExternalLink className="size-4" />
        </Button>
        <Button onPress={() => run({ type: 'account.reconnect' })}>{common.signInAgain}</Button>
      </div>
    </>
  );
}
