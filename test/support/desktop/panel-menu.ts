/** Menus as com.canonical.dbusmenu sends them, and as a test reads them. */
import { Variant } from 'dbus-next';

export interface MenuNode {
  readonly id: number;
  readonly type: 'standard' | 'separator';
  /** Without mnemonic underscores. Empty for a separator. */
  readonly label: string;
  readonly enabled: boolean;
  readonly visible: boolean;
  readonly toggleType: 'none' | 'checkmark' | 'radio';
  readonly toggleState: 'off' | 'on' | 'indeterminate';
  readonly children: readonly MenuNode[];
}

/** A D-Bus value with every variant replaced by what it holds. */
export function plain(value: unknown): unknown {
  if (value instanceof Variant) return plain(value.value);
  if (Array.isArray(value)) return value.map(plain);
  if (value && typeof value === 'object' && !ArrayBuffer.isView(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
  }
  return value;
}

/** The entries of the root that GetLayout(0, -1, []) answers. Absent properties have the protocol's defaults. */
export function parseMenu(root: unknown): MenuNode[] {
  return parseNode(plain(root) as RawNode).children as MenuNode[];
}

type RawNode = [id: number, properties: Record<string, unknown>, children: RawNode[]];

function parseNode([id, properties, children]: RawNode): MenuNode {
  const toggle = properties['toggle-type'];
  const state = properties['toggle-state'];
  return {
    id,
    type: properties.type === 'separator' ? 'separator' : 'standard',
    label: withoutMnemonic(String(properties.label ?? '')),
    enabled: properties.enabled !== false,
    visible: properties.visible !== false,
    toggleType: toggle === 'radio' || toggle === 'checkmark' ? toggle : 'none',
    toggleState: state === 1 ? 'on' : state === 0 || state === undefined ? 'off' : 'indeterminate',
    children: children.map(parseNode),
  };
}

/** One underscore marks the next letter, two stand for an underscore. */
function withoutMnemonic(label: string): string {
  return label.replace(/_(_?)/g, '$1');
}

/** The first line with this label, or of which this holds; those of the menu itself come before those of its submenus. */
export function menuLine(
  nodes: readonly MenuNode[],
  test: string | ((label: string) => boolean),
): MenuNode | undefined {
  const fits = ({ label, visible }: MenuNode) =>
    visible && (typeof test === 'string' ? label === test : test(label));
  const here = nodes.find(fits);
  if (here) return here;
  for (const { children, enabled } of nodes) {
    const inside = enabled ? menuLine(children, test) : undefined;
    if (inside) return inside;
  }
  return undefined;
}

/** A menu as indented lines, for messages. */
export function menuText(nodes: readonly MenuNode[], indent = '  '): string {
  return nodes
    .filter((node) => node.visible)
    .map((node) => {
      if (node.type === 'separator') return `${indent}---`;
      const mark = node.toggleType === 'none' ? '' : node.toggleState === 'on' ? '(x) ' : '( ) ';
      const line = `${indent}${mark}${node.label}${node.enabled ? '' : ' [disabled]'}`;
      return node.children.length > 0 ? `${line}\n${menuText(node.children, `${indent}  `)}` : line;
    })
    .join('\n');
}
