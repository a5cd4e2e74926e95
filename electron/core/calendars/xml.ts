/** A part of an XML document, by its name without a prefix; namespaces are not told apart beyond that. */
export interface XmlElement {
  readonly name: string;
  /** As they are written. */
  readonly attributes: string;
  readonly children: readonly XmlElement[];
  /** Its own text, and that of what is in it. */
  readonly text: string;
}

interface Open {
  readonly name: string;
  readonly attributes: string;
  readonly children: XmlElement[];
  text: string;
}

/** Elements are nested no deeper, and there are no more tags. */
const deepest = 50;
const mostTags = 200_000;

/** CDATA, what says nothing, a tag, text. Nothing in it is tried twice, so that it takes no longer than the text is long. */
const token = /<!\[CDATA\[([\s\S]*?)\]\]>|<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<([^<>!?][^<>]*)>|([^<]+)/y;

/**
 * Reads what CalDAV servers answer. There is no document type in that (RFC 4918, 17.8), so there are no entities but the five of
 * XML and characters by number.
 * @returns undefined for what is no well-formed XML, or has a document type
 */
export function readXml(source: string): XmlElement | undefined {
  const root: Open = { name: '', attributes: '', children: [], text: '' };
  const open: Open[] = [root];
  let elements = 0;
  token.lastIndex = 0;
  while (token.lastIndex < source.length) {
    const found = token.exec(source);
    if (!found) return undefined;
    const [, data, tag, text] = found;
    const current = open.at(-1) ?? root;
    if (tag === undefined) current.text += data ?? unescaped(text ?? '');
    else {
      elements += 1;
      if (elements > mostTags || open.length > deepest || !takeTag(tag, open)) return undefined;
    }
  }
  return open.length === 1 && root.children.length === 1 ? root.children[0] : undefined;
}

/** Opens an element, or ends the innermost; false: that is not what is open. */
function takeTag(tag: string, open: Open[]): boolean {
  const [, slash, whole, attributes] = /^(\/?)([^\s/]+)([\s\S]*)$/.exec(tag) ?? [];
  const current = open.at(-1);
  if (!whole || !current) return false;
  const name = localName(whole);
  if (slash === '/') {
    open.pop();
    const parent = open.at(-1);
    if (!parent || current.name !== name) return false;
    parent.text += current.text;
    return true;
  }
  const element: Open = { name, attributes: attributes ?? '', children: [], text: '' };
  current.children.push(element);
  if (!tag.endsWith('/')) open.push(element);
  return true;
}

/** Prefixes are whatever a server likes; some write names in capitals of their own. */
const localName = (name: string) => name.slice(name.indexOf(':') + 1).toLowerCase();

const entities = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
  ['apos', "'"],
]);

function unescaped(text: string): string {
  return text.replace(/&(#x[\da-f]{1,6}|#\d{1,7}|[a-z]{2,4});/gi, (whole, name: string) => {
    if (!name.startsWith('#')) return entities.get(name.toLowerCase()) ?? whole;
    const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

/** All elements of a name in it, in order; what is in one of them is not looked at again. */
export function within(element: XmlElement, name: string): readonly XmlElement[] {
  return element.children.flatMap((one) => (one.name === name ? [one] : within(one, name)));
}
