import { SaxesParser, type SaxesTagPlain } from 'saxes';
import { broken, CapFault, doctype, notText, tooMuch } from './faults.ts';

/** An element without what its prefix says; the text of itself alone, trimmed. */
export interface Element {
  readonly name: string;
  readonly children: readonly Element[];
  readonly text: string;
}

/** What a message may be made of. CAP 1.2 needs five levels. */
export const XML_LIMITS = { bytes: 1024 * 1024, depth: 12, elements: 20_000, chars: 200_000 } as const;

const local = (name: string): string => name.slice(name.indexOf(':') + 1);

/** Of a document's declaration; UTF-8 where there is none. */
function encodingOf(bytes: Uint8Array): string {
  const head = Buffer.from(bytes.subarray(0, 200)).toString('latin1');
  const named = /^(?:\u00ef\u00bb\u00bf)?\s*<\?xml[^>]*\bencoding=["']([\w.:-]+)["']/.exec(head)?.[1] ?? 'utf-8';
  return /^(gbk|gb2312|gb18030)$/i.test(named) ? 'gb18030' : 'utf-8';
}

/**
 * An XML document as a tree, within {@link XML_LIMITS}. Document types are refused, and with them all entities but the five of XML.
 *
 * @throws CapFault naming the line
 */
export function readTree(bytes: Uint8Array): Element {
  if (bytes.length > XML_LIMITS.bytes) throw new CapFault(tooMuch('', { zh: '字节', en: 'bytes' }, XML_LIMITS.bytes));
  const encoding = encodingOf(bytes);
  let source: string;
  try {
    source = new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    throw new CapFault(notText(encoding));
  }
  const parser = new SaxesParser({ xmlns: false });
  const open: { name: string; children: Element[]; texts: string[] }[] = [];
  let root: Element | null = null;
  let elements = 0;
  let chars = 0;
  parser.on('error', () => {
    throw new CapFault(broken(parser.line));
  });
  parser.on('doctype', () => {
    throw new CapFault(doctype());
  });
  parser.on('opentag', ({ name }: SaxesTagPlain) => {
    if (open.length >= XML_LIMITS.depth)
      throw new CapFault(tooMuch('', { zh: '嵌套层数', en: 'levels' }, XML_LIMITS.depth));
    if (++elements > XML_LIMITS.elements)
      throw new CapFault(tooMuch('', { zh: '元素', en: 'elements' }, XML_LIMITS.elements));
    open.push({ name: local(name), children: [], texts: [] });
  });
  const text = (piece: string): void => {
    chars += piece.length;
    if (chars > XML_LIMITS.chars) throw new CapFault(tooMuch('', { zh: '字符', en: 'characters' }, XML_LIMITS.chars));
    open.at(-1)?.texts.push(piece);
  };
  parser.on('text', text);
  parser.on('cdata', text);
  parser.on('closetag', () => {
    const closed = open.pop();
    if (closed === undefined) return;
    const { name, children, texts } = closed;
    const element = { name, children, text: texts.join('').trim() };
    const within = open.at(-1);
    if (within) within.children.push(element);
    else root = element;
  });
  try {
    parser.write(source).close();
  } catch (error) {
    throw error instanceof CapFault ? error : new CapFault(broken(parser.line));
  }
  if (root === null) throw new CapFault(broken(parser.line));
  return root;
}

/** All children of a name. */
export function each({ children }: Element, name: string): readonly Element[] {
  return children.filter((child) => child.name === name);
}

/** The text of the first child of a name; empty where there is none. */
export function textOf(element: Element, name: string): string {
  return element.children.find((child) => child.name === name)?.text ?? '';
}
