import type { Issue } from '../../../config/issue.ts';
import type { CodecSession } from '../codec.ts';
import { excerptOf } from './excerpt.ts';
import * as fault from './faults.ts';
import { createFrames } from './frames.ts';
import { createGathering, refuse } from './gathering.ts';
import { createHeaderReader, type Header, type Sender } from './header.ts';
import { CENTRE_IDS, ID, isNoted, NO_SUCH_TERMINAL, RESULT } from './ids.ts';
import { type Assembly, createParts, type Lost } from './parts.ts';
import { createRepeats, type Repeats } from './repeats.ts';
import { createReplies } from './reply.ts';
import { readBatch, readReport } from './reports.ts';
import { timeBytes, timeRule } from './time.ts';

/** Terminals that one connection, a gateway's, may carry. */
export const TERMINALS = 1024;
/** Bytes of a token in UTF-8: in 2019 its length is one byte. A longer one is none. */
export const TOKEN_BYTES = 255;

export interface Jt808Options {
  /** By how much the terminals' clocks are ahead of UTC: 480 by the standard. */
  readonly offsetMinutes: number;
  /**
   * The token of a terminal that may register, any text without control characters, at most {@link TOKEN_BYTES} in UTF-8; null: no such
   * terminal. It is asked with the phone number without leading zeros ({@link Sender.device}), which is also the device of the records.
   */
  tokenOf(phone: string): string | null;
  /** Terminals that may register need not show their token first: what is read again was said on another connection. */
  trusting?: boolean;
}

/**
 * A connection of terminals of JT/T 808-2013 and 2019, from the centre's side. Its serials count from 0; nothing of one connection is
 * known to another.
 *
 * Positions have the reports' degrees, speed in m/s; readings are `mileage` in km and `fuel` in litres. A report without a fix is a
 * message without records. See docs/protocols/jt808.md.
 */
export function createJt808Session(options: Jt808Options): CodecSession {
  const readHeader = createHeaderReader();
  const replies = createReplies();
  const parts = createParts();
  /** Who authenticated on this connection, each with what it sent lately. */
  const terminals = new Map<string, Repeats>();
  let gathering = createGathering();
  let now = 0;
  let rule = timeRule(0, options.offsetMinutes);

  const frames = createFrames({
    fault: (issue, raw, from, to) => refuse(gathering, issue, () => excerptOf(raw, from, to)),
    frame(view, start, end, raw, from, to) {
      const excerpt = () => excerptOf(raw, from, to);
      const { header, issue } = readHeader(view, start, end);
      if (header === null) refuse(gathering, issue, excerpt);
      else if (header.id >= CENTRE_IDS) refuse(gathering, () => fault.notATerminals(header.id), excerpt);
      else if (issue !== null) decline(header, RESULT.wrong, issue, excerpt);
      else if (header.encryption !== 0)
        decline(header, RESULT.unsupported, () => fault.encrypted(header.encryption), excerpt);
      else take(header, view, end, excerpt);
    },
  });

  function take(header: Header, view: DataView, end: number, excerpt: () => string): void {
    const { id, sender } = header;
    if (id === ID.register || id === ID.authenticate) {
      if (header.split) decline(header, RESULT.unsupported, () => fault.tooManyParts(id, header.total, 1), excerpt);
      else if (id === ID.register) register(header, excerpt);
      else authenticate(header, view, end, excerpt);
      return;
    }
    if (options.trusting && !terminals.has(sender.device) && tokenOf(sender) !== null)
      terminals.set(sender.device, createRepeats());
    const repeats = terminals.get(sender.device);
    if (repeats === undefined) {
      decline(header, RESULT.failed, () => fault.notAuthenticated(sender.device), excerpt);
      return;
    }
    if (header.split) takePart(header, view, end, repeats, excerpt);
    else takeMessage(header, header.serial, view, header.bodyAt, end, repeats, excerpt);
    const { ask, dropped } = parts.later(sender.device);
    for (const assembly of ask) askFor(assembly);
    for (const lost of dropped) giveUp(lost);
  }

  /** 0100. Whether its body has the layout of 2011, 2013 or 2019 is nobody's concern: the terminal is who its phone number says. */
  function register({ sender, serial }: Header, excerpt: () => string): void {
    const token = tokenOf(sender);
    if (token !== null) {
      gathering.messages++;
      gathering.replies.push(replies.registered(sender, serial, RESULT.ok, token));
      return;
    }
    refuse(gathering, () => fault.noSuchTerminal(sender.device), excerpt);
    gathering.replies.push(replies.registered(sender, serial, NO_SUCH_TERMINAL, new Uint8Array(0)));
  }

  /** 0102: in 2013 the body is the token, in 2019 a byte says its length, and IMEI and software follow. */
  function authenticate(header: Header, view: DataView, end: number, excerpt: () => string): void {
    const { sender, bodyAt } = header;
    const { device } = sender;
    const token = tokenOf(sender);
    let [from, to] = [bodyAt, end];
    if (sender.version !== null) {
      from = Math.min(bodyAt + 1, end);
      to = from + (end > bodyAt ? view.getUint8(bodyAt) : 0);
    }
    if (token === null || to > end || !sameBytes(view, from, to, token)) {
      terminals.delete(device);
      const issue = () => (token === null ? fault.noSuchTerminal(device) : fault.wrongToken(device));
      decline(header, RESULT.failed, issue, excerpt);
    } else if (!terminals.has(device) && terminals.size >= TERMINALS)
      decline(header, RESULT.failed, () => fault.tooManyTerminals(device, TERMINALS), excerpt);
    else {
      if (!terminals.has(device)) terminals.set(device, createRepeats());
      accept(header);
    }
  }

  function takePart(header: Header, view: DataView, end: number, repeats: Repeats, excerpt: () => string): void {
    const { sender, id } = header;
    const added = parts.add(header, view, end, excerpt);
    switch (added.state) {
      case 'refused':
        decline(header, RESULT.unsupported, added.issue, excerpt);
        break;
      case 'kept':
        answer(header, RESULT.ok);
        if (added.displaced !== null) giveUp(added.displaced);
        if (added.ask !== null) askFor(added.ask);
        break;
      case 'again':
        if (id === ID.picture && added.head !== null)
          gathering.replies.push(replies.pictureTaken(sender, added.head, []));
        else answer(header, RESULT.ok);
        break;
      case 'whole': {
        const { body, assembly } = added;
        if (id === ID.picture) takePicture(header, assembly.head, excerpt);
        else {
          const whole = new DataView(body.buffer, body.byteOffset, body.length);
          takeMessage(header, assembly.first, whole, 0, body.length, repeats, excerpt);
        }
      }
    }
  }

  /** A whole message whose body is [at, end) of `view`; `first` is the serial that its positions are told apart by. */
  function takeMessage(
    header: Header,
    first: number,
    view: DataView,
    at: number,
    end: number,
    repeats: Repeats,
    excerpt: () => string,
  ): void {
    const { id, sender } = header;
    const of = { device: sender.device, serial: first, repeats, rule, gathering };
    switch (id) {
      case ID.position:
        answer(header, readReport(view, at, end, of, excerpt));
        break;
      case ID.positionAsked:
        // The serial of the question, then the body of 0200.
        answer(header, readReport(view, Math.min(at + 2, end), end, of, excerpt));
        break;
      case ID.batch:
        answer(header, readBatch(view, at, end, of, excerpt));
        break;
      case ID.picture:
        takePicture(header, end - at >= 4 ? view.getUint32(at) : null, excerpt);
        break;
      case ID.askTime:
        gathering.messages++;
        gathering.replies.push(replies.time(sender, timeBytes(now)));
        break;
      case ID.logOut:
        terminals.delete(sender.device);
        accept(header);
        break;
      case ID.terminalAnswer:
        // An answer is not answered.
        gathering.messages++;
        break;
      default:
        gathering.messages++;
        answer(header, isNoted(id) ? RESULT.ok : RESULT.unsupported);
    }
  }

  /** 0801: the picture is not kept, the terminal shall not send it again. */
  function takePicture(header: Header, media: number | null, excerpt: () => string): void {
    if (media === null) {
      decline(header, RESULT.wrong, () => fault.shortBody('0801', 0, 4), excerpt);
      return;
    }
    gathering.messages++;
    gathering.replies.push(replies.pictureTaken(header.sender, media, []));
  }

  /** A picture has its own way of asking, which needs the number that its first part says. */
  function askFor(assembly: Assembly): void {
    const { sender, first, head } = assembly;
    const missing = assembly.missing();
    const isPicture = assembly.id === ID.picture && head !== null;
    gathering.replies.push(
      isPicture ? replies.pictureTaken(sender, head, missing) : replies.resend(sender, first, missing),
    );
  }

  function giveUp({ issue, excerpt }: Lost): void {
    refuse(gathering, issue, () => excerpt);
  }

  function answer({ sender, serial, id }: Header, result: number): void {
    gathering.replies.push(replies.answer(sender, serial, id, result));
  }

  function accept(header: Header): void {
    gathering.messages++;
    answer(header, RESULT.ok);
  }

  function decline(header: Header, result: number, issue: () => Issue, excerpt: () => string): void {
    refuse(gathering, issue, excerpt);
    answer(header, result);
  }

  function tokenOf({ device }: Sender): Uint8Array | null {
    const token = options.tokenOf(device);
    const bytes = token === null ? null : Buffer.from(token, 'utf8');
    return bytes !== null && bytes.length <= TOKEN_BYTES ? bytes : null;
  }

  return {
    take(bytes, at) {
      gathering = createGathering();
      now = at;
      rule = timeRule(at, options.offsetMinutes);
      frames.take(bytes);
      return gathering;
    },
    // And the 7E with which it begins.
    kept: () => frames.held() + 1,
  };
}

function sameBytes(view: DataView, from: number, to: number, expected: Uint8Array): boolean {
  if (to - from !== expected.length) return false;
  let different = 0;
  for (let i = 0; i < expected.length; i++) different |= view.getUint8(from + i) ^ (expected[i] as number);
  return different === 0;
}
