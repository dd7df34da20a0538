import { MOST_RAW_CHARS } from '../../../../contract/features/setupFeedTrial.ts';

/** A message as a window may show it: its text, or its bytes in hexadecimal where it is none. */
export function shownRaw(message: Uint8Array): { raw: string; isText: boolean; bytes: number } {
  const head = Buffer.from(message.subarray(0, MOST_RAW_CHARS * 4));
  const text = head.toString('utf8');
  // What the cut halved is no fault of the message.
  const isText = !/[^\P{Cc}\r\n\t]|[\p{Cf}\p{Cs}]|\ufffd(?!\ufffd{0,2}$)/u.test(text);
  const shown = isText ? text.replace(/PW=[^;&]*/g, 'PW=******') : head.toString('hex').replace(/(..)(?=.)/g, '$1 ');
  const cut = shown.length > MOST_RAW_CHARS - 1 || head.length < message.length;
  return { raw: cut ? `${shown.slice(0, MOST_RAW_CHARS - 1)}…` : shown, isText, bytes: message.length };
}
