import type { TallyError } from '../errors.ts';
import { common } from './en/common.ts';

/** The button that fixes an error by trying again; absent where trying again cannot help. */
export function retryWord(error: TallyError): string | undefined {
  switch (error.action) {
    case 'sign-in':
      return common.signInAgain;
    case 'none':
    // A scope that was added counts for a new sign-in only.
    case 'add-scope':
    case 'check-input':
    case 'choose-file':
      return undefined;
    default:
      return common.tryAgain;
  }
}
