import { SaxesParser, type SaxesTagPlain } from 'saxes';
import { ImportError, refusal } from './importError.ts';
import { IMPORT_LIMITS } from './limits.ts';

/** What somebody hears of an XML document while it is read. Names are without their prefix. */
export interface XmlListener {
  open?(name: string, attributes: Readonly<Record<string, string>>): void;
  text?(text: string): void;
  close?(name: string): void;
}

const PIECE = 64 * 1024;

const local = (name: string): string => name.slice(name.indexOf(':') + 1);

/**
 * Tells what is in an XML document, piece by piece, so that it is never held as a whole. Document types are refused, and with them all
 * entities but the five of XML.
 *
 * @throws ImportError when it is not well-formed, or deeper than {@link IMPORT_LIMITS}.depth.
 */
export function readXml(bytes: Uint8Array, listener: XmlListener): void {
  const parser = new SaxesParser({ xmlns: false });
  let depth = 0;
  parser.on('error', (error) => {
    throw broken(parser.line, error);
  });
  parser.on('doctype', () => {
    throw refusal(
      { zh: '含有 DTD（DOCTYPE）', en: 'has a document type (DOCTYPE)' },
      { zh: '请用原软件重新导出，或删去 DOCTYPE 一行', en: 'Export it anew, or take the line away.' },
    );
  });
  parser.on('opentag', ({ name, attributes }: SaxesTagPlain) => {
    if (++depth > IMPORT_LIMITS.depth) throw tooDeep();
    listener.open?.(local(name), attributes);
  });
  parser.on('text', (text) => listener.text?.(text));
  parser.on('cdata', (text) => listener.text?.(text));
  parser.on('closetag', ({ name }: SaxesTagPlain) => {
    depth--;
    listener.close?.(local(name));
  });
  try {
    const decoder = new TextDecoder(encodingOf(bytes), { fatal: true });
    for (let at = 0; at < bytes.length; at += PIECE)
      parser.write(decoder.decode(bytes.subarray(at, at + PIECE), { stream: true }));
    parser.write(decoder.decode());
    parser.close();
  } catch (error) {
    throw error instanceof ImportError ? error : broken(parser.line, error);
  }
}

/** Of a document's declaration; UTF-8 where there is none. */
export function encodingOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  const head = Buffer.from(bytes.subarray(0, 200)).toString('latin1');
  const named = /^(?:\u00ef\u00bb\u00bf)?\s*<\?xml[^>]*\bencoding=["']([\w.:-]+)["']/.exec(head)?.[1] ?? 'utf-8';
  return /^(gbk|gb2312|gb18030)$/i.test(named) ? 'gb18030' : 'utf-8';
}

export const tooDeep = () =>
  refusal(
    { zh: `嵌套超过 ${IMPORT_LIMITS.depth} 层`, en: `goes deeper than ${IMPORT_LIMITS.depth} levels` },
    { zh: '请用原软件重新导出', en: 'Export it anew.' },
  );

const broken = (line: number, cause: unknown) =>
  refusal(
    { zh: `第 ${line} 行的 XML 有误`, en: `line ${line} is no good XML` },
    { zh: '请用原软件重新导出', en: 'Export it anew.' },
    cause,
  );
