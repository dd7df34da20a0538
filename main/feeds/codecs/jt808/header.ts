import type { Issue } from '../../../config/issue.ts';
import { badLength, badPart } from './faults.ts';

/** Who sent a frame, and in which of the two forms an answer reaches it. */
export interface Sender {
  /**
   * The phone number without leading zeros, `0` where it has none else: so 12 digits of a 2013 terminal and 20 of the same terminal after
   * an upgrade to 2019 are one device. Digits A–F, which some makers send, are small letters.
   */
  readonly device: string;
  /** The phone number as it came: 6 bytes (2013) or 10 (2019). */
  readonly phone: Uint8Array;
  /** The protocol version of a 2019 terminal, null for 2013 and before. */
  readonly version: number | null;
}

/** JT/T 808 clause 4.4.3, 消息头. */
export interface Header {
  readonly id: number;
  /** 0: none, 1: RSA. */
  readonly encryption: number;
  readonly sender: Sender;
  readonly serial: number;
  /** Of a message in parts how many there are and which this is, from 1; else 1 and 1. */
  readonly split: boolean;
  readonly total: number;
  readonly number: number;
  /** Where the body begins. */
  readonly bodyAt: number;
}

/** A header and what is wrong with it; no header at all where its length cannot be right. */
export type HeaderReading =
  | { readonly header: Header; readonly issue: (() => Issue) | null }
  | { readonly header: null; readonly issue: () => Issue };

/** Reads headers at [start, end) of frames that have at least a 2013 header's 12 bytes; remembers the last sender, who is mostly the next. */
export function createHeaderReader(): (view: DataView, start: number, end: number) => HeaderReading {
  let last: Sender | null = null;

  function senderAt(view: DataView, at: number, version: number | null): Sender {
    if (last !== null && last.version === version && samePhone(view, at, last.phone)) return last;
    const phone = new Uint8Array(version === null ? 6 : 10);
    for (let i = 0; i < phone.length; i++) phone[i] = view.getUint8(at + i);
    last = { device: deviceOf(phone), phone, version };
    return last;
  }

  return (view, start, end) => {
    const id = view.getUint16(start);
    const properties = view.getUint16(start + 2);
    const length = properties & 0x03ff;
    const is2019 = (properties & 0x4000) !== 0;
    const split = (properties & 0x2000) !== 0;
    const bodyAt = start + (is2019 ? 17 : 12) + (split ? 4 : 0);
    if (end - bodyAt !== length) return { header: null, issue: () => badLength(length, end - bodyAt) };
    const sender = senderAt(view, start + (is2019 ? 5 : 4), is2019 ? view.getUint8(start + 4) : null);
    const serial = view.getUint16(start + (is2019 ? 15 : 10));
    const total = split ? view.getUint16(bodyAt - 4) : 1;
    const number = split ? view.getUint16(bodyAt - 2) : 1;
    const header = { id, encryption: (properties >> 10) & 7, sender, serial, split, total, number, bodyAt };
    return { header, issue: number >= 1 && number <= total ? null : () => badPart(total, number) };
  };
}

function samePhone(view: DataView, at: number, phone: Uint8Array): boolean {
  for (let i = 0; i < phone.length; i++) if (view.getUint8(at + i) !== phone[i]) return false;
  return true;
}

function deviceOf(phone: Uint8Array): string {
  return Buffer.from(phone)
    .toString('hex')
    .replace(/^0+(?=.)/, '');
}
