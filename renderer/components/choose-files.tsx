import { type ComponentProps, useRef } from 'react';
import { Button } from './button.tsx';

interface ChooseFilesProps extends Pick<ComponentProps<typeof Button>, 'look' | 'icon' | 'children'> {
  readonly multiple?: boolean;
  /** What the dialog offers at first, as <input accept>. */
  readonly accept: string;
  readonly isDisabled?: boolean;
  /** Cannot be used for the moment; it keeps the focus. */
  readonly isBusy?: boolean;
}

/** A button that opens the system's dialog. It has to stand in a FilesZone, from which the preload takes the files. */
export function ChooseFiles(props: ChooseFilesProps) {
  const { multiple = false, accept, isDisabled = false, isBusy = false, ...button } = props;
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button
        {...button}
        isDisabled={isDisabled}
        aria-disabled={isBusy}
        onPress={() => !isBusy && input.current?.click()}
      />
      <input ref={input} type="file" hidden multiple={multiple} accept={accept} disabled={isDisabled} />
    </>
  );
}
