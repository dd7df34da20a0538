import { backoffMs, spreadOf } from '../../../core/backoff.ts';
import type { Clock } from '../../clock.ts';
import { type Request, readAnswer, requestFrame } from '../codecs/modbus/frames.ts';
import { halvesOf, type Span } from '../codecs/modbus/spans.ts';
import type { Address } from '../transports/address.ts';
import type { Dial, Dialled } from '../transports/tcpDial.ts';
import { type Loss, lossOf, lossOfException, noAnswer, notModbus, UNASKED } from './said.ts';

/** Spread by feed and address: what was lost together does not all come back together. */
const AGAIN = { firstMs: 500, maxMs: 15_000 };
/** A device that does not answer, or has not what it is asked for, is asked again so seldom at the most. */
const SELDOM_MS = 60_000;
/** First connections are spread over so long. */
const BEGIN_MS = 1000;
/** Exceptions that a part of what was asked for may be spared: illegal address, illegal value. */
const DIVISIBLE = new Set([2, 3]);
/** Exceptions by which it has not what it is asked for. */
const HAS_NOT = new Set([1, 2, 3]);

/** A device, and what it is asked. */
export interface Polled {
  readonly device: string;
  readonly unit: number;
  /** Ms from one reading to the next. */
  readonly every: number;
  readonly spans: readonly Span[];
}

/** Hears what comes of a line. */
export interface LineEars {
  /** @param data what the registers or bits of a span hold */
  values(device: string, span: Span, data: Buffer): void;
  /** It answers, and has not what was asked for, which no more can be divided. */
  exception(device: string, span: Span, request: Request, code: number): void;
  /** These devices were not read. @param heard bytes that were no answer */
  lost(devices: readonly string[], loss: Loss, heard: Buffer): void;
}

/** One address, and all devices behind it, which share one connection: there is one request under way at a time. */
export interface Line {
  start(): void;
  /** Asks nothing more until `resume`, as often as it was paused. */
  pause(): void;
  resume(): void;
  stop(): void;
}

/** A request that comes round. */
interface Task {
  readonly of: Asked;
  readonly span: Span;
  /** By the monotonic clock. */
  due: number;
}

interface Asked extends Polled {
  /** Since it last answered. */
  failures: number;
}

interface UnderWay {
  readonly task: Task;
  readonly request: Request;
  readonly at: number;
  readonly cancel: () => void;
}

const NOTHING = Buffer.alloc(0);

/**
 * Reads the devices behind one address, each as often as it is to be read, the one that has waited longest first. A device that does not
 * answer costs the others one time-out a round, and is asked ever more seldom. After what is no answer, or none in time, the connection
 * is made anew: a late answer must not be taken for the next one.
 *
 * @param name by which the waits are spread
 * @param timeout ms that an answer, or a connection, may take
 */
export function createLine(
  { name, at, timeout, polled }: { name: string; at: Address; timeout: number; polled: readonly Polled[] },
  clock: Clock,
  dial: Dial,
  ears: LineEars,
): Line {
  const asked: Asked[] = polled.map((each) => ({ ...each, failures: 0 }));
  const everybody = polled.map(({ device }) => device);
  let tasks: Task[] = [];
  let link: Dialled | null = null;
  let isOpen = false;
  /** Nothing was answered over this connection. */
  let isFresh = true;
  let underWay: UnderWay | null = null;
  let heard: Buffer = NOTHING;
  let transaction = 0;
  /** Since a connection could be made. How often a device that answers nothing is asked over it is another count. */
  let attempts = 0;
  /** Before that none is made. */
  let notBefore = 0;
  /** When the others could be asked again after a device had failed. */
  let failedAt = Number.NEGATIVE_INFINITY;
  let pauses = 0;
  let stopped = false;
  let cancelWake = () => {};

  /** One that fails comes behind all that waited for the last one that did. */
  const turnOf = ({ of, due }: Task): number => (of.failures > 0 ? Math.max(due, failedAt) : due);
  const first = (): Task | undefined => {
    let found: Task | undefined;
    for (const task of tasks) {
      const later = found === undefined ? -1 : turnOf(task) - turnOf(found);
      if (later < 0 || (later === 0 && task.of.failures < (found?.of.failures ?? 0))) found = task;
    }
    return found;
  };

  const step = (): void => {
    cancelWake();
    const next = first();
    if (stopped || pauses > 0 || underWay !== null || next === undefined || (link !== null && !isOpen)) return;
    const wait = Math.max(turnOf(next), link === null ? notBefore : 0) - clock.monotonic();
    if (wait > 0) cancelWake = clock.setTimeout(step, wait);
    else if (link === null) connect();
    else ask(next, link);
  };

  const connect = (): void => {
    isOpen = false;
    isFresh = true;
    link = dial(at, clock, timeout, {
      open() {
        isOpen = true;
        attempts = 0;
        step();
      },
      bytes: hear,
      gone(error) {
        // It may have tired of waiting for a request at the moment when one was sent: that is asked again.
        if (underWay !== null && (isFresh || heard.length > 0)) {
          fail(underWay, lossOf(error));
          return;
        }
        const wasOpen = isOpen;
        hangUp();
        if (!wasOpen) ears.lost(everybody, lossOf(error), NOTHING);
        step();
      },
    });
  };

  const ask = (task: Task, over: Dialled): void => {
    const { table, address, count } = task.span;
    const request = { unit: task.of.unit, table, address, count };
    transaction = (transaction + 1) & 0xffff;
    heard = NOTHING;
    const now = clock.monotonic();
    const cancel = clock.setTimeout(() => {
      if (underWay?.task === task) fail(underWay, noAnswer(timeout / 1000));
    }, timeout);
    underWay = { task, request, at: now, cancel };
    over.send(requestFrame(transaction, request));
  };

  const hear = (bytes: Buffer): void => {
    if (underWay === null) {
      hangUp();
      ears.lost([], UNASKED, bytes);
      step();
      return;
    }
    heard = heard.length === 0 ? bytes : Buffer.concat([heard, bytes]);
    const answer = readAnswer(heard, transaction, underWay.request);
    if (answer === null) return;
    if (answer.is === 'wrong') fail(underWay, notModbus(answer));
    else if (answer.is === 'values') {
      const { task } = settle(underWay, 0);
      ears.values(task.of.device, task.span, answer.data);
      step();
    } else except(underWay, answer.code);
  };

  const except = (of: UnderWay, code: number): void => {
    const { device } = of.task.of;
    const loss = lossOfException(code);
    if (loss !== null) {
      underWay = null;
      of.cancel();
      later(of.task.of);
      ears.lost([device], loss, heard);
    } else {
      const halves = DIVISIBLE.has(code) ? halvesOf(of.task.span) : null;
      const { task } = settle(of, HAS_NOT.has(code) ? SELDOM_MS : 0);
      if (halves === null) ears.exception(device, task.span, of.request, code);
      else {
        const due = clock.monotonic();
        tasks = tasks.flatMap((each) => (each === task ? halves.map((span) => ({ of: task.of, span, due })) : each));
      }
    }
    step();
  };

  /** It was answered: it comes round, and whoever was thought away is there. @param atLeast ms until it is asked again */
  const settle = (of: UnderWay, atLeast: number): UnderWay => {
    const { task } = of;
    underWay = null;
    of.cancel();
    isFresh = false;
    task.of.failures = 0;
    task.due = Math.max(of.at + Math.max(task.of.every, atLeast), clock.monotonic());
    return of;
  };

  const fail = (of: UnderWay, loss: Loss): void => {
    const { device } = of.task.of;
    const came = heard;
    hangUp();
    later(of.task.of);
    ears.lost([device], loss, came);
    step();
  };

  /** Asks a device that fails ever more seldom. */
  const later = (of: Asked): void => {
    const now = clock.monotonic();
    const again = { firstMs: of.every, maxMs: Math.max(of.every, SELDOM_MS) };
    const due = now + backoffMs(again, of.failures, spreadOf(`${name} ${of.device}`, of.failures));
    of.failures++;
    failedAt = Math.max(now, notBefore);
    for (const task of tasks) if (task.of === of) task.due = due;
  };

  const hangUp = (): void => {
    underWay?.cancel();
    underWay = null;
    link?.end();
    link = null;
    heard = NOTHING;
    notBefore = clock.monotonic() + backoffMs(AGAIN, attempts, spreadOf(name, attempts));
    attempts++;
  };

  return {
    start() {
      const due = clock.monotonic() + BEGIN_MS * spreadOf(name, 0);
      tasks = asked.flatMap((of) => of.spans.map((span) => ({ of, span, due })));
      step();
    },
    pause: () => void pauses++,
    resume() {
      if (--pauses === 0) step();
    },
    stop() {
      stopped = true;
      cancelWake();
      underWay?.cancel();
      underWay = null;
      link?.end();
    },
  };
}
