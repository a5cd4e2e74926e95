import { type ReactNode, useRef } from 'react';
import { Button } from './button.tsx';

interface ChooseFilesProps {
  readonly children: ReactNode;
  readonly look?: Parameters<typeof Button>[0]['look'];
  readonly multiple?: boolean;
  /** What the dialog offers at first, as <input accept>. */
  readonly accept: string;
  readonly isDisabled?: boolean;
  /** Cannot be used for the moment; it keeps the focus. */
  readonly isBusy?: boolean;
}

/** A button that opens the system's dialog. It has to stand in a FilesZone, from which the preload takes the files. */
export function ChooseFiles({
  children,
  look = 'plain',
  multiple = false,
  accept,
  isDisabled = false,
  isBusy = false,
}: ChooseFilesProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button
        look={look}
        isDisabled={isDisabled}
        aria-disabled={isBusy}
        onPress={() => !isBusy && input.current?.click()}
      >
        {children}
      </Button>
      <input ref={input} type="file" hidden multiple={multiple} accept={accept} disabled={isDisabled} />
    </>
  );
}
