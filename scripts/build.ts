// `npm run build`: main, preload and window into out/.
import { build } from './run.ts';

build();
