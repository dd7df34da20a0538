import { refusal } from './importError.ts';

/** What the text of a file may be written in. GB18030 holds GBK and GB2312. */
const ENCODINGS: Readonly<Record<string, string>> = {
  utf8: 'utf-8',
  65001: 'utf-8',
  gbk: 'gb18030',
  gb2312: 'gb18030',
  gb18030: 'gb18030',
  936: 'gb18030',
  cp936: 'gb18030',
  ansi936: 'gb18030',
  big5: 'big5',
  950: 'big5',
  cp950: 'big5',
  utf16le: 'utf-16le',
  utf16: 'utf-16le',
};

/** The encoding that somebody names, in the decoder's spelling; null for one that nobody here knows. */
export function encodingNamed(name: string): string | null {
  const plain = name.toLowerCase().replace(/[^a-z0-9]/g, '');
  return Object.hasOwn(ENCODINGS, plain) ? (ENCODINGS[plain] ?? null) : null;
}

const UNKNOWN = (name: string) =>
  refusal(
    { zh: `不认识的编码“${name}”`, en: `"${name}" is no encoding that is known` },
    { zh: '请写 utf-8、gbk、gb18030、big5 或 utf-16le', en: 'Write utf-8, gbk, gb18030, big5 or utf-16le.' },
  );

/**
 * The text of a file: what is asked for, else by its byte order mark, else UTF-8 if all of it is, else GB18030.
 *
 * @throws ImportError for what is in none of them.
 */
export function decodeText(bytes: Uint8Array, asked?: string): { text: string; encoding: string } {
  const encoding = asked === undefined ? markedAs(bytes) : encodingNamed(asked);
  if (encoding === null && asked !== undefined) throw UNKNOWN(asked);
  for (const each of encoding === null ? ['utf-8', 'gb18030'] : [encoding]) {
    try {
      const text = new TextDecoder(each, { fatal: true }).decode(bytes);
      if (!text.includes('\0')) return { text, encoding: each };
    } catch {
      // The next one, or the refusal below.
    }
  }
  throw refusal(
    encoding === null
      ? { zh: '不是 UTF-8 或 GBK（GB 18030）文本', en: 'is text in neither UTF-8 nor GBK (GB 18030)' }
      : { zh: `不全是 ${encoding} 文本`, en: `is not all text in ${encoding}` },
    {
      zh: '请用原软件另存为 UTF-8 编码的 CSV，或 .xlsx',
      en: 'Save it again as CSV in UTF-8, or as .xlsx.',
    },
  );
}

function markedAs([a, b, c]: Uint8Array): string | null {
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8';
  if (a === 0xff && b === 0xfe) return 'utf-16le';
  return a === 0xfe && b === 0xff ? 'utf-16be' : null;
}
