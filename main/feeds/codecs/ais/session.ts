import { EXCERPT_CHARS } from '../../../rejects/rejects.ts';
import { type CodecFault, type CodecRecord, type CodecSession, DESCRIBED } from '../codec.ts';
import { createParts } from './parts.ts';
import { readReport } from './report.ts';
import { SAID } from './said.ts';
import { MOST_LINE, readSentence } from './sentence.ts';

const LF = 0x0a;
/** A receiver's time further from the hall's than this is not believed. */
const NEAR_MS = 300_000;

export interface AisOptions {
  /** Whether the hall is to know of a ship, by its MMSI: a receiver hears every ship there is. */
  isWanted(mmsi: string): boolean;
}

/**
 * One connection of an AIS receiver, lines of NMEA 0183. A report is of the moment that the receiver's tag block names, or else of its arrival: ships
 * say the second alone. Nobody is answered.
 */
export function createAisSession({ isWanted }: AisOptions): CodecSession {
  const parts = createParts();
  let rest: Uint8Array = new Uint8Array(0);
  /** The line that is coming was refused for its length. */
  let endless = false;
  return {
    take(bytes, now) {
      const records: CodecRecord[] = [];
      const faults: CodecFault[] = [];
      let [messages, refused] = [0, 0];
      let sentAt: number | null = null;
      const refuse = (why: keyof typeof SAID, line: string): void => {
        refused++;
        const excerpt = line.replace(/[^ -~]/g, '·').slice(0, EXCERPT_CHARS);
        if (faults.length < DESCRIBED)
          faults.push({ path: why === 'noise' || why === 'long' ? '' : why, ...SAID[why], excerpt });
      };
      const read = (line: string): void => {
        if (line === '') return;
        const sentence = readSentence(line);
        if (typeof sentence === 'string') {
          if (sentence === 'other') messages++;
          else refuse(sentence, line);
          return;
        }
        const whole = parts.take(sentence, now, () => refuse('parts', line));
        if (whole === null) return;
        const heard = whole.t !== null && Math.abs(whole.t - now) <= NEAR_MS ? whole.t : null;
        const report = readReport(whole, heard ?? now);
        if (typeof report === 'string') {
          refuse(report, line);
          return;
        }
        messages++;
        if (heard !== null) sentAt = Math.max(sentAt ?? heard, heard);
        if (report.record && isWanted(report.device)) records.push(report.record);
      };

      const all = rest.length === 0 ? bytes : Buffer.concat([rest, bytes]);
      let from = 0;
      for (let end = all.indexOf(LF); end >= 0; end = all.indexOf(LF, from)) {
        const line = textOf(all.subarray(from, end));
        from = end + 1;
        if (endless) endless = false;
        else if (line.length > MOST_LINE) refuse('long', line);
        else read(line);
      }
      // A copy: of what was handed in nothing is kept.
      rest = new Uint8Array(all.subarray(from));
      if (rest.length > MOST_LINE) {
        if (!endless) refuse('long', textOf(rest));
        endless = true;
        rest = new Uint8Array(0);
      }
      return { messages, sentAt, records, replies: [], faults, refused };
    },
    kept: () => rest.length,
  };
}

/** A line without blanks and the CR at its ends. */
function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1').trim();
}
