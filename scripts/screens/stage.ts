import type { Practice } from '../../electron/practice/server.ts';
import type { RunningTally } from '../../test/support/desktop/launch.ts';
import type { AppWindow } from '../../test/support/desktop/pages/app-window.ts';
import type { UploadFolder } from '../../test/support/desktop/upload-files.ts';
import type { ZoomControl } from '../../test/support/desktop/zoom.ts';

/** What leads the app into a state. */
export interface Stage {
  readonly window: AppWindow;
  readonly tally: RunningTally;
  readonly zoom: ZoomControl;
  readonly practice: Practice;
  readonly files: UploadFolder;
}

/** Something that the window shows; its name is that of its pictures. */
export interface State {
  readonly name: string;
  /** What Zoom is like before the app starts, where the state begins with that. */
  before?(zoom: ZoomControl): Promise<void>;
  reach(stage: Stage): Promise<void>;
}
