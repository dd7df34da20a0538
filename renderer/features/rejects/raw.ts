/** Bytes of a line of a dump. */
const LINE = 16;
/** Control characters but the tab and the ends of lines. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: what is looked for are control characters
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;

/** What came, as a person reads it: text, or bytes where it is none. */
export type Raw = { readonly is: 'text'; readonly text: string } | { readonly is: 'bytes'; readonly bytes: Uint8Array };

export function readRaw(base64: string): Raw {
  const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
  try {
    // A mark of the byte order is no text of anybody: it is seen as what it is.
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    if (!CONTROL.test(text)) return { is: 'text', text };
  } catch {
    // Not UTF-8.
  }
  return { is: 'bytes', bytes };
}

const pair = (byte: number): string => byte.toString(16).padStart(2, '0');

/** Where, bytes in hex, and what of them are characters; sixteen a line. */
export function dumpOf(bytes: Uint8Array): string {
  const lines: string[] = [];
  for (let at = 0; at < bytes.length; at += LINE) {
    const part = [...bytes.subarray(at, at + LINE)];
    const text = part.map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '·')).join('');
    lines.push(
      `${at.toString(16).padStart(6, '0')}  ${part
        .map(pair)
        .join(' ')
        .padEnd(LINE * 3)} ${text}`,
    );
  }
  return lines.join('\n');
}

/** What a person begins to correct: the text, or the bytes in hex. */
export function toEdit(raw: Raw): string {
  return raw.is === 'text' ? raw.text : [...raw.bytes].map(pair).join(' ');
}

/** The message that a person made of it, base64; null where bytes were to be written and are not. */
export function fromEdit(written: string, is: Raw['is']): string | null {
  if (is === 'text') return base64Of(new TextEncoder().encode(written));
  const digits = written.replace(/\s/g, '');
  if (!/^(?:[\da-f]{2})+$/i.test(digits)) return null;
  return base64Of(Uint8Array.from(digits.match(/../g) ?? [], (each) => Number.parseInt(each, 16)));
}

function base64Of(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}
