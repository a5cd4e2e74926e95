import { FileDown } from 'lucide-react';
import { type DragEvent, type ReactNode, useState } from 'react';
import type { FilesChannel } from '../../shared/ipc/channels.ts';
import { components as t } from '../../shared/words/en/components.ts';

interface FilesZoneProps {
  /** The channel on which the preload sends what is dropped, pasted or chosen here. Absent: nothing is taken. */
  readonly channel: FilesChannel | undefined;
  /** Shown while files are held over it. */
  readonly invitation: string;
  readonly children: ReactNode;
}

const holdsFiles = (event: DragEvent) => event.dataTransfer.types.includes('Files');

/** A whole screen on which files can be dropped. The files themselves go from the preload to main. */
export function FilesZone({ channel, invitation, children }: FilesZoneProps) {
  const [over, setOver] = useState(false);
  return (
    <section
      aria-label={channel ? t.takesFiles : undefined}
      data-files={channel}
      onDragEnter={(event) => setOver(channel !== undefined && holdsFiles(event))}
      onDragLeave={(event) => {
        const { relatedTarget, currentTarget } = event;
        if (!(relatedTarget instanceof Node && currentTarget.contains(relatedTarget))) setOver(false);
      }}
      onDrop={() => setOver(false)}
      // While something is dragged no pointer moves. Where what lay under it is taken away, the leaving goes unnoticed.
      onPointerMove={({ movementX, movementY }) => {
        if (movementX !== 0 || movementY !== 0) setOver(false);
      }}
      className="-m-4 sm:-m-8 sm:-mr-5 relative flex flex-1 flex-col gap-4 p-4 sm:gap-6 sm:p-8 sm:pr-5"
    >
      {children}
      {over && (
        <div className="pointer-events-none absolute inset-2 z-20 rounded-2xl border-2 border-focus border-dashed bg-bg/90 forced-colors:bg-bg">
          <p className="sticky top-1/3 flex flex-col items-center gap-3 p-8 text-center font-semibold text-lg">
            <FileDown className="size-10 text-focus" />
            {invitation}
          </p>
        </div>
      )}
    </section>
  );
}
