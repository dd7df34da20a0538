import { type CodecFault, type CodecRecord, type CodecSession, DESCRIBED } from '../codec.ts';
import { excerptOf } from './discreet.ts';
import type { CotEvent } from './event.ts';
import { anotherVersion, CotFault, cutOff, endless, noise } from './faults.ts';
import { type Cutter, createCutter, MOST_BYTES, type Piece } from './frames.ts';
import { pongAt } from './pong.ts';
import { emergencyOf, positionOf, subjectOf } from './report.ts';
import { readTak } from './tak.ts';
import { readEvent } from './xml.ts';

export interface CotOptions {
  /** Each arrival is a datagram, and whole; else they are portions of a stream. */
  readonly datagrams: boolean;
  /** Whether the hall is to know of a device, by its uid: a server tells of everybody. @param callsign empty where it has none */
  isWanted(uid: string, callsign: string): boolean;
}

const MAGIC = 0xbf;
/** Of the mesh: what follows is XML. */
const XML_VERSION = 0;

/**
 * One connection of a TAK client, or to a TAK server: Cursor on Target in XML and in TAK protocol version 1, as they come. A client's ping is
 * answered; nothing else asks for an answer.
 */
export function createCotSession({ datagrams, isWanted }: CotOptions): CodecSession {
  const stream = createCutter();
  return {
    take(bytes, now) {
      const records: CodecRecord[] = [];
      const replies: Uint8Array[] = [];
      const faults: CodecFault[] = [];
      let [messages, refused] = [0, 0];
      let sentAt: number | null = null;
      const told = (event: CotEvent): void => {
        const subject = subjectOf(event);
        if (subject.is === 'position' && isWanted(subject.device, event.detail.callsign))
          records.push(...positionOf(event, now));
        else if (subject.is === 'emergency' && isWanted(subject.device, ''))
          records.push(emergencyOf(subject.device, subject.over, event));
        else if (subject.is === 'ping' && !datagrams) replies.push(pongAt(now));
      };
      for (const piece of datagrams ? piecesOf(bytes) : stream.take(bytes))
        try {
          const event = eventIn(piece);
          if (event !== null) told(event);
          messages++;
          if (event !== null) sentAt = Math.max(sentAt ?? event.time, event.time);
        } catch (error) {
          if (!(error instanceof CotFault)) throw error;
          refused++;
          if (faults.length < DESCRIBED) faults.push({ ...error.issue, excerpt: excerptOf(piece.bytes) });
        }
      return { messages, sentAt, records, replies, faults, refused };
    },
    kept: () => stream.kept(),
  };
}

/** @throws CotFault */
function eventIn({ is, bytes }: Piece | Torn): CotEvent | null {
  if (is === 'xml') return readEvent(bytes);
  if (is === 'tak') return readTak(bytes);
  if (is === 'auth') return null;
  if (is === 'endless') throw new CotFault(endless(MOST_BYTES));
  if (is === 'cut') throw new CotFault(cutOff());
  throw new CotFault(is === 'noise' ? noise() : anotherVersion(bytes[1] ?? 0));
}

/** What is wrong with datagrams alone. */
type Torn = { readonly is: 'cut' | 'version'; readonly bytes: Uint8Array };

/** What a datagram brings: one TAK message or event with version and two marks in front (mesh), or what a stream would bring. */
function piecesOf(bytes: Uint8Array): readonly (Piece | Torn)[] {
  const version = bytes[0] === MAGIC && bytes[2] === MAGIC ? bytes[1] : undefined;
  if (version === 1) return [{ is: 'tak', bytes: bytes.subarray(3) }];
  if (version !== undefined && version !== XML_VERSION) return [{ is: 'version', bytes }];
  const cutter: Cutter = createCutter();
  const pieces = cutter.take(version === undefined ? bytes : bytes.subarray(3));
  return cutter.kept() === 0 ? pieces : [...pieces, { is: 'cut', bytes: bytes.subarray(bytes.length - cutter.kept()) }];
}
