import type { UploadAnswer } from '../../../shared/backgrounds.ts';
import { backgrounds as t } from '../../../shared/words/en/backgrounds.ts';
import { Button } from '../../components/button.tsx';

interface SendAsIsProps {
  readonly name: string;
  readonly answer: (given: UploadAnswer) => void;
}

/** The way out of a question about a file that Zoom may take all the same. */
export function SendAsIs({ name, answer }: SendAsIsProps) {
  return (
    <Button aria-label={t.sendAsIsOne(name)} onPress={() => answer('send')}>
      {t.sendAsIs}
    </Button>
  );
}
