import { SaxesParser } from 'saxes';

/** An element of what a device said: names without their prefix, and of attributes only these. */
export interface XmlNode {
  readonly name: string;
  /** ONVIF names its things by this attribute; empty where there is none. */
  readonly token: string;
  /** Where a drive stands, and of which scale that is; empty where there is none. */
  readonly x: string;
  readonly space: string;
  readonly children: readonly XmlNode[];
  /** What stands in it by itself, trimmed. */
  readonly text: string;
}

/** Bytes that are no XML that would be read: what is wrong, and in which line. */
export class XmlError extends Error {
  override readonly name = 'XmlError';
}

export const XML_LIMITS = {
  /** Of one answer: the profiles of a recorder with a hundred channels. */
  bytes: 1024 * 1024,
  depth: 40,
  elements: 40_000,
} as const;

const PIECE = 16 * 1024;
type Growing = { name: string; token: string; x: string; space: string; children: Growing[]; text: string };

const local = (name: string): string => name.slice(name.indexOf(':') + 1);

/**
 * Reads a document whole, within {@link XML_LIMITS}. Document types are refused, and with them all entities but the five of XML.
 * @returns its outermost element
 * @throws XmlError
 */
export function readXml(bytes: Uint8Array): XmlNode {
  if (bytes.length > XML_LIMITS.bytes) throw new XmlError(`it is longer than ${XML_LIMITS.bytes} bytes`);
  const parser = new SaxesParser({ xmlns: false });
  const root: Growing = { name: '', token: '', x: '', space: '', children: [], text: '' };
  const open: Growing[] = [root];
  let elements = 0;
  const refuse = (what: string, cause?: unknown): never => {
    throw new XmlError(`line ${parser.line} ${what}`, { cause });
  };
  const write = (text: string) => {
    const inner = open.at(-1);
    if (inner) inner.text += text;
  };
  parser.on('error', (error) => refuse('is no good XML', error));
  parser.on('doctype', () => refuse('has a document type (DOCTYPE), which is not read'));
  parser.on('opentag', ({ name, attributes }) => {
    elements += 1;
    if (open.length > XML_LIMITS.depth) refuse(`goes deeper than ${XML_LIMITS.depth} levels`);
    if (elements > XML_LIMITS.elements) refuse(`has more than ${XML_LIMITS.elements} elements`);
    const { token = '', x = '', space = '' } = attributes;
    const node: Growing = {
      ...{ name: local(name), token: String(token), x: String(x), space: String(space) },
      ...{ children: [], text: '' },
    };
    open.at(-1)?.children.push(node);
    open.push(node);
  });
  parser.on('text', write);
  parser.on('cdata', write);
  parser.on('closetag', () => {
    const closed = open.pop();
    if (closed) closed.text = closed.text.trim();
  });
  // Names in another code than the one announced are shown as what they are not; the rest is good.
  const decoder = new TextDecoder();
  try {
    for (let at = 0; at < bytes.length; at += PIECE)
      parser.write(decoder.decode(bytes.subarray(at, at + PIECE), { stream: true }));
    parser.write(decoder.decode());
    parser.close();
  } catch (error) {
    if (error instanceof XmlError) throw error;
    refuse('is no good XML', error);
  }
  return root.children[0] ?? refuse('is the end, and nothing was in it');
}

/** What stands below by a way of names: of each, all children of that name. */
export function below(node: XmlNode, ...way: readonly string[]): XmlNode[] {
  return way.reduce<XmlNode[]>(
    (found, name) => found.flatMap(({ children }) => children.filter((child) => child.name === name)),
    [node],
  );
}

/** The text of the first at the end of a way; undefined where there is none. */
export function textOf(node: XmlNode, ...way: readonly string[]): string | undefined {
  return below(node, ...way)[0]?.text;
}
