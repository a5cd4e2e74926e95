import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createGraph } from '../../../../electron/desktop/calls/graph.ts';

const node = (id: number, mediaClass: string, props: object = {}, state = 'running') => ({
  id,
  type: 'PipeWire:Interface:Node',
  info: { state, props: { 'media.class': mediaClass, ...props } },
});
const link = (id: number, from: number, to: number) => ({
  id,
  type: 'PipeWire:Interface:Link',
  info: { 'output-node-id': from, 'input-node-id': to, state: 'active' },
});

const mic = node(1, 'Audio/Source');
const speaker = node(2, 'Audio/Sink');
const webcam = node(3, 'Video/Source', { 'device.api': 'v4l2' });
const screen = node(4, 'Video/Source', { 'node.name': 'xdg-desktop-portal-wlr' });

function usesOf(...objects: object[]) {
  const graph = createGraph();
  graph.take(objects);
  return graph.uses();
}

describe('what PipeWire tells', () => {
  it('is a use where a stream runs that a microphone or camera feeds', () => {
    const firefox = { 'application.name': 'Firefox', 'application.process.binary': 'firefox' };
    expect(
      usesOf(
        mic,
        webcam,
        node(8, 'Stream/Input/Audio', firefox),
        link(9, 1, 8),
        node(10, 'Stream/Input/Video', firefox),
        link(11, 3, 10),
      ),
    ).toEqual([
      { device: 'camera', program: 'Firefox' },
      { device: 'microphone', program: 'Firefox' },
    ]);
  });

  it('has the name of whoever is behind the stream where the stream has none', () => {
    const client = {
      id: 7,
      type: 'PipeWire:Interface:Client',
      info: { props: { 'application.name': 'Signal' } },
    };
    expect(usesOf(mic, client, node(8, 'Stream/Input/Audio', { 'client.id': 7 }), link(9, 1, 8))).toEqual([
      { device: 'microphone', program: 'Signal' },
    ]);
  });

  it.each([
    ['a stream that stands still', [mic, node(8, 'Stream/Input/Audio', {}, 'idle'), link(9, 1, 8)]],
    ['a stream that nothing feeds', [mic, node(8, 'Stream/Input/Audio')]],
    ['a recording of what is played', [speaker, node(8, 'Stream/Input/Audio'), link(9, 2, 8)]],
    ['a recording of the screen', [screen, node(8, 'Stream/Input/Video'), link(9, 4, 8)]],
    ['a level meter', [mic, node(8, 'Stream/Input/Audio', { 'stream.monitor': 'true' }), link(9, 1, 8)]],
    [
      'the volume control',
      [mic, node(8, 'Stream/Input/Audio', { 'application.id': 'org.PulseAudio.pavucontrol' }), link(9, 1, 8)],
    ],
    [
      'an effect',
      [mic, node(8, 'Stream/Input/Audio', { 'node.link-group': 'echo-cancel-1' }), link(9, 1, 8)],
    ],
    ['what plays', [speaker, node(8, 'Stream/Output/Audio'), link(9, 8, 2)]],
  ])('%s is no use', (_, objects) => {
    expect(usesOf(...objects)).toEqual([]);
  });

  it('ends with its stream', () => {
    const graph = createGraph();
    graph.take([mic, node(8, 'Stream/Input/Audio'), link(9, 1, 8)]);
    expect(graph.uses()).toEqual([{ device: 'microphone' }]);
    graph.take([{ id: 8, info: null }]);
    expect(graph.uses()).toEqual([]);
  });

  it('may be anything at all', () => {
    const odd = fc.anything();
    const object = fc.record(
      {
        id: odd,
        type: fc.oneof(odd, fc.constant('PipeWire:Interface:Node')),
        info: fc.oneof(odd, fc.object()),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.oneof(odd, fc.array(fc.oneof(odd, object))), (json) => {
        const graph = createGraph();
        graph.take(json);
        graph.uses();
      }),
    );
  });
});
