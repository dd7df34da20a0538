import type { Map as MapLibreMap } from 'maplibre-gl';
import { hands } from '../bridge/index.ts';
import { drawFrames, type Frames } from './frames.ts';
import { isLookedAt } from './lookedAt.ts';

/** Ms between two looks at whether the card has finished a frame; a frame that takes long is looked at less often. */
const LOOK_MS = 4;
const LOOK_SELDOM_MS = 32;
/** A card that needs longer than this for a frame is slow: its rest is longer than its work. */
const SLOW_MS = 100;
const SLOW_REST = 2;
/** However slow the card: units that move are seen to move. */
const LONGEST_REST_MS = 5_000;

/** A card that has not said in so long that it has finished is asked all the same: a map must not stand still for a driver's fault. */
const LONGEST_WAIT_MS = 20_000;

/** Between two frames of a window without the focus, whatever they are for: at most 5 a second, and a twentieth of the card. */
const UNFOCUSED_MS = 200;
const UNFOCUSED_REST = 20;
/** On a PC without a card: an alarm is on the map after this at the latest. */
const UNFOCUSED_MAP_MS = 2_000;
/** The same of where units are: what they report is some seconds old when it comes. */
const UNFOCUSED_SHEET_MS = 8_000;

/** On a slow card the map goes where somebody chose, and shows what else waits, so late at the latest, however long they work beside it; marks do not wait for it. */
const LONGEST_HOLD_MS = 30_000;

/** The part of WebGL2 that the pace needs. */
type Fences = Pick<
  WebGL2RenderingContext,
  'fenceSync' | 'deleteSync' | 'getSyncParameter' | 'flush' | 'SYNC_GPU_COMMANDS_COMPLETE' | 'SYNC_STATUS' | 'SIGNALED'
>;

/**
 * Keeps one map from taking the whole card: a new frame is asked for when the last one is finished, and after as long a rest as it
 * took, twice as long on a slow card. All windows of a desk share one card; on a PC without one (software rendering) a frame takes
 * half a second of both cores, and a map that repainted as fast as it could would stop the video and the clicks in every other window.
 */
export class CardPace {
  #fence: WebGLSync | null = null;
  #drawnAt = 0;
  #freeAt = 0;
  #took = 0;
  readonly #finished: () => void;

  /** @param finished hears when the card is known to have finished a frame */
  constructor(finished: () => void = () => undefined) {
    this.#finished = finished;
  }

  /** The frame's commands have been handed to the card. `now`: monotonic ms. */
  drawn(gl: Fences, now: number): void {
    if (this.#fence) gl.deleteSync(this.#fence);
    this.#fence = gl.fenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0);
    gl.flush();
    this.#drawnAt = now;
  }

  /** Ms until a new frame may be asked for, or until it is worth asking again; 0: now. */
  wait(gl: Fences, now: number): number {
    if (this.#fence) {
      const finished = gl.getSyncParameter(this.#fence, gl.SYNC_STATUS) === gl.SIGNALED;
      if (!finished && now - this.#drawnAt < LONGEST_WAIT_MS) return LOOK_MS;
      gl.deleteSync(this.#fence);
      this.#fence = null;
      const took = now - this.#drawnAt;
      this.#took = took;
      this.#freeAt = now + Math.min(LONGEST_REST_MS, took > SLOW_MS ? took * SLOW_REST : took);
      this.#finished();
    }
    return Math.max(0, this.#freeAt - now);
  }

  /** Ms that the card needed for the last frame it has finished. */
  get took(): number {
    return this.#took;
  }

  /** Whether the card is not known to have finished the last frame. */
  get busy(): boolean {
    return this.#fence !== null;
  }

  /** The context is gone, and its fences with it. */
  forget(): void {
    this.#fence = null;
  }
}

/** What is drawn at the card's pace. */
interface Paced {
  readonly gl: Fences;
  /** Monotonic ms. */
  now(): number;
  /** Whether somebody works in the window, or looks at it from afar. */
  looked(): boolean;
  /** Whether it is drawn as fast as it can be: a person moves it. */
  hurries(): boolean;
  /** Ms until the hands rest of somebody who works beside it, and whom a frame on a slow card would hold up. */
  handsRestIn?(): number;
  /** The longest rest in a window that nobody works in, ms. */
  readonly longestRest: number;
  /** What is drawn on the same card and takes longer: how slow the card is shows there. */
  readonly beside?: Pace;
  /** Whether the card has something in hand that the page would stand still for, if this were drawn now. */
  away?(): boolean;
  /** The card has finished a frame. */
  finished?(): void;
  /** Draws it with the next frame of the page. */
  ask(): void;
}

/**
 * The pace of one thing that is drawn on the card: at that of the card, whatever it is asked for, and at most five times a second in a
 * window that nobody works in, less often on a slow card, once it has been drawn whole. Nothing here asks by itself: what does not change is not drawn.
 */
export class Pace {
  readonly #paced: Paced;
  readonly #card: CardPace;
  #wake: ReturnType<typeof setTimeout> | null = null;
  /** It waits as a window does that nobody works in. */
  #unlooked = false;
  #watching: ReturnType<typeof setTimeout> | null = null;
  #drawnAt = Number.NEGATIVE_INFINITY;
  #whole = false;

  constructor(paced: Paced) {
    this.#paced = paced;
    this.#card = new CardPace(() => paced.finished?.());
  }

  /** It has changed. */
  ask(): void {
    const { looked, hurries, ask } = this.#paced;
    if (hurries()) {
      ask();
      return;
    }
    if (this.#wake !== null) {
      // Whoever comes to the window does not wait for the rest of one that nobody worked in.
      if (!this.#unlooked || !looked()) return;
      clearTimeout(this.#wake);
      this.#wake = null;
    }
    this.#unlooked = this.rest > 0;
    const wait = this.due;
    if (wait <= 0) {
      ask();
      return;
    }
    this.#wake = setTimeout(() => {
      this.#wake = null;
      this.ask();
    }, wait);
  }

  /** Ms between two frames of a window that nobody works in; 0 in one that somebody does, and until all of it has been drawn. */
  get rest(): number {
    const { looked, longestRest } = this.#paced;
    if (!this.#whole || looked()) return 0;
    return Math.min(longestRest, Math.max(UNFOCUSED_MS, this.took * UNFOCUSED_REST));
  }

  /** Ms until it may be drawn again, or until it is worth asking again; 0: now. Until all of it is there a person waits for it, and `wait` says when. */
  get due(): number {
    if (!this.#whole) return 0;
    const { gl, now } = this.#paced;
    const free = this.#card.wait(gl, now());
    const still = this.#paced.away?.() ? LOOK_SELDOM_MS : 0;
    const { rest } = this;
    return Math.max(free, still, rest > 0 ? this.#drawnAt + rest - now() : this.#hold());
  }

  /** Ms to wait for somebody who works beside it. */
  #hold(): number {
    const { now, handsRestIn } = this.#paced;
    if (!handsRestIn || !this.slow) return 0;
    return Math.min(handsRestIn(), Math.max(0, this.#drawnAt + LONGEST_HOLD_MS - now()));
  }

  /** Ms until the card is free for a frame of what is not whole yet; 0: now. */
  get wait(): number {
    return this.#whole ? 0 : this.#card.wait(this.#paced.gl, this.#paced.now());
  }

  /** A frame has been handed to the card. */
  drawn(): void {
    this.#drawnAt = this.#paced.now();
    this.#card.drawn(this.#paced.gl, this.#drawnAt);
    this.#watch(LOOK_MS);
  }

  /** All of it has been drawn once. */
  isWhole(): void {
    this.#whole = true;
  }

  /** The card has lost it. */
  lost(): void {
    this.#card.forget();
  }

  /** Ms that the slowest frame took of what is drawn on this card. */
  get took(): number {
    return Math.max(this.#card.took, this.#paced.beside?.took ?? 0);
  }

  /** Whether the card is so slow that what moves on it is seen to jump. */
  get slow(): boolean {
    return this.took > SLOW_MS;
  }

  stop(): void {
    if (this.#wake !== null) clearTimeout(this.#wake);
    if (this.#watching !== null) clearTimeout(this.#watching);
  }

  /** How long a frame took is seen when it is finished, not when the next is asked for: after a rest the next is drawn at once. */
  #watch(after: number): void {
    if (this.#watching !== null) clearTimeout(this.#watching);
    this.#watching = setTimeout(() => {
      this.#watching = null;
      this.#card.wait(this.#paced.gl, this.#paced.now());
      if (this.#card.busy) this.#watch(Math.min(LOOK_SELDOM_MS, 2 * after));
    }, after);
  }
}

/** A map that is drawn at the card's pace. */
export interface PacedMap {
  readonly pace: Pace;
  readonly frames: Frames;
}

/**
 * Lets a map ask for its frames at the card's pace, whatever they are for: new data, a fade. While a person moves the map, or it flies
 * somewhere, it is drawn as fast as it can be.
 *
 * @param now monotonic ms
 * @param looked whether somebody works in the window, or looks at it from afar
 * @returns undefined where the map has no card, as it has said itself
 */
export function paceRepaints(
  map: MapLibreMap,
  now = () => performance.now(),
  looked = () => isLookedAt(map.getContainer()),
  handsRestIn = () => hands.restIn(now()),
): PacedMap | undefined {
  const gl = map.getCanvas().getContext('webgl2');
  if (!gl) return undefined;
  const ask = map.triggerRepaint.bind(map);
  const hurries = () => map.isMoving() || gl.isContextLost();
  const finished = () => frames.finished();
  const pace = new Pace({ gl, now, looked, hurries, handsRestIn, finished, ask, longestRest: UNFOCUSED_MAP_MS });
  const frames = drawFrames(map, gl, pace);
  map.on('render', () => {
    if (frames.drew) pace.drawn();
  });
  map.on('idle', () => pace.isWhole());
  map.on('webglcontextlost', () => {
    pace.lost();
    frames.lost();
  });
  map.on('remove', () => {
    frames.stop();
    pace.stop();
  });
  map.triggerRepaint = () => pace.ask();
  return { pace, frames };
}

/** The pace of a sheet over a map; it is drawn with each frame of a map that a person moves anyway. */
export function paceSheet(
  gl: WebGL2RenderingContext,
  map: MapLibreMap,
  beside: { readonly pace: Pace | undefined; readonly frames: Frames | undefined },
  ask: () => void,
  now = () => performance.now(),
  looked = () => isLookedAt(map.getContainer()),
): Pace {
  const pace = new Pace({
    ...{ gl, now, looked, ask, longestRest: UNFOCUSED_SHEET_MS, hurries: () => false },
    ...(beside.pace && { beside: beside.pace }),
    away: () => beside.frames?.away === true,
  });
  pace.isWhole();
  return pace;
}
