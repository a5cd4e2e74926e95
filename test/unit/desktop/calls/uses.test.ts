import { expect, it } from 'vitest';
import { cleanName, programOf } from '../../../../electron/desktop/calls/uses.ts';

it.each([
  [{ 'application.name': 'Firefox', 'application.process.binary': 'firefox' }, 'Firefox'],
  [{ 'application.name': 'Google Chrome input', 'application.process.binary': 'chrome' }, 'Google Chrome'],
  [{ 'application.name': 'WEBRTC VoiceEngine', 'application.process.binary': 'Discord' }, 'Discord'],
  [{ 'application.name': 'ZOOM VoiceEngine', 'application.process.binary': '/opt/zoom/zoom' }, 'zoom'],
  [{ 'application.name': 'ALSA plug-in [arecord]', 'application.process.binary': 'arecord' }, 'arecord'],
  [{ 'application.name': 'PipeWire ALSA [ffmpeg]' }, 'ffmpeg'],
  [{ 'application.process.binary': 'slack' }, 'slack'],
  [{ 'node.name': 'recorder' }, 'recorder'],
  [{ 'application.name': 'WEBRTC VoiceEngine' }, 'WEBRTC VoiceEngine'],
  [{ 'application.name': 7 }, undefined],
  [{}, undefined],
])('%j is %s', (properties, name) => {
  expect(programOf(properties)).toBe(name);
});

it('keeps a name to one line, and short', () => {
  expect(cleanName(`a\n\u202eb${'c'.repeat(100)}`)).toBe(`a b${'c'.repeat(77)}`);
  expect(cleanName(' \t')).toBeUndefined();
});
