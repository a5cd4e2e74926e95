/** The server at the far end of a line, in a process of its own: tells where it listens. */
import { startPictureServer } from './picture-server.ts';

const server = await startPictureServer(process.argv[2]);
process.send?.(server.apiUrl);
