import type { Map as MapLibreMap } from 'maplibre-gl';
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
/** An alarm is on the map after this at the latest, also on a PC without a card. */
const UNFOCUSED_LONGEST_MS = 2_000;

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

/**
 * Lets a map ask for its frames at the card's pace, whatever they are for: units that move, new data, a fade; and at most five times a
 * second in a window that nobody works in, less often on a slow card, once it has been drawn whole. While a person moves the map, or it flies somewhere, it is drawn
 * as fast as it can be. Nothing here asks by itself: a map on which nothing changes is not drawn.
 *
 * @param now monotonic ms
 * @param looked whether somebody works in the window, or looks at it from afar
 */
export function paceRepaints(
  map: MapLibreMap,
  now = () => performance.now(),
  looked = () => isLookedAt(map.getContainer()),
): void {
  const gl = map.getCanvas().getContext('webgl2');
  if (!gl) return; // The map has said so itself.
  const pace = new CardPace();
  const ask = map.triggerRepaint.bind(map);
  let wake: ReturnType<typeof setTimeout> | null = null;
  let watching: ReturnType<typeof setTimeout> | null = null;
  let drawnAt = Number.NEGATIVE_INFINITY;
  let whole = false;
  // How long a frame took is seen when it is finished, not when the next is asked for: after a rest the next is drawn at once.
  const watch = (after: number) => {
    if (watching !== null) clearTimeout(watching);
    watching = setTimeout(() => {
      watching = null;
      pace.wait(gl, now());
      if (pace.busy) watch(Math.min(LOOK_SELDOM_MS, 2 * after));
    }, after);
  };
  map.on('render', () => {
    drawnAt = now();
    pace.drawn(gl, drawnAt);
    watch(LOOK_MS);
  });
  map.on('idle', () => {
    whole = true;
  });
  map.on('webglcontextlost', () => pace.forget());
  map.on('remove', () => {
    if (wake !== null) clearTimeout(wake);
    if (watching !== null) clearTimeout(watching);
  });
  map.triggerRepaint = () => {
    if (map.isMoving() || gl.isContextLost()) {
      ask();
      return;
    }
    if (wake !== null) return;
    const free = pace.wait(gl, now());
    const rest = Math.min(UNFOCUSED_LONGEST_MS, Math.max(UNFOCUSED_MS, pace.took * UNFOCUSED_REST));
    const wait = whole && !looked() ? Math.max(free, drawnAt + rest - now()) : free;
    if (wait <= 0) {
      ask();
      return;
    }
    wake = setTimeout(() => {
      wake = null;
      map.triggerRepaint();
    }, wait);
  };
}
