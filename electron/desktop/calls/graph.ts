import type { DeviceUse } from '../../core/ports.ts';
import { distinct, isNobodys, type Properties, programOf } from './uses.ts';

/** What counts of an object of PipeWire's, as pw-dump writes it. */
interface Node {
  readonly kind: 'node';
  readonly class: string;
  readonly isRunning: boolean;
  readonly properties: Properties;
}
interface Link {
  readonly kind: 'link';
  readonly from: unknown;
  readonly to: unknown;
}
interface Client {
  readonly kind: 'client';
  readonly properties: Properties;
}

type Bag = Readonly<Record<string, unknown>>;
const bag = (value: unknown): Bag => (typeof value === 'object' && value !== null ? (value as Bag) : {});

const microphone = /^Audio\/(?:Source|Duplex)/;
const camera = /^Video\/Source/;

/** Who uses which device, of the objects that PipeWire tells of and takes back (`pw-dump --monitor`); whatever else it writes is left out. */
export function createGraph() {
  const objects = new Map<unknown, Node | Link | Client>();

  function take(object: unknown): void {
    const { id, type, info } = bag(object);
    if (info === null) objects.delete(id);
    const known = read(String(type), bag(info));
    if (known) objects.set(id, known);
  }

  function usesOf(id: unknown, node: Node): readonly DeviceUse[] {
    const isSound = node.class === 'Stream/Input/Audio';
    if (!node.isRunning || !(isSound || node.class === 'Stream/Input/Video')) return [];
    const client = objects.get(node.properties['client.id']);
    const owner = client?.kind === 'client' ? client.properties : {};
    if (isNobodys(node.properties, owner)) return [];
    const isFed = [...objects.values()].some((link) => {
      const source = link.kind === 'link' && link.to === id ? objects.get(link.from) : undefined;
      if (source?.kind !== 'node') return false;
      return isSound ? microphone.test(source.class) : isCamera(source);
    });
    const program = programOf(node.properties, owner);
    return isFed ? [{ device: isSound ? 'microphone' : 'camera', ...(program && { program }) }] : [];
  }

  return {
    take(array: unknown): void {
      if (Array.isArray(array)) array.forEach(take);
    },
    uses: (): readonly DeviceUse[] =>
      distinct([...objects].flatMap(([id, one]) => (one.kind === 'node' ? usesOf(id, one) : []))),
  };
}

/** What a screen is shared by is a source of pictures as well. */
function isCamera({ class: name, properties }: Node): boolean {
  const api = properties['device.api'];
  return (
    camera.test(name) && (api === 'v4l2' || api === 'libcamera' || properties['media.role'] === 'Camera')
  );
}

function read(type: string, info: Bag): Node | Link | Client | undefined {
  const properties = bag(info.props);
  const [kind] = /(?:Node|Link|Client)$/.exec(type) ?? [];
  if (kind === 'Node')
    return {
      kind: 'node',
      class: String(properties['media.class']),
      isRunning: info.state === 'running',
      properties,
    };
  if (kind === 'Link') return { kind: 'link', from: info['output-node-id'], to: info['input-node-id'] };
  return kind === 'Client' ? { kind: 'client', properties } : undefined;
}
