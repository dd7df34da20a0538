/** Ms between two looks at whether the card has finished a frame. */
const LOOK_MS = 4;
/** A card that needs longer than this for a frame is not given more rest than this. */
const LONGEST_REST_MS = 600;

/** The part of WebGL2 that the pace needs. */
type Fences = Pick<
  WebGL2RenderingContext,
  'fenceSync' | 'deleteSync' | 'getSyncParameter' | 'flush' | 'SYNC_GPU_COMMANDS_COMPLETE' | 'SYNC_STATUS' | 'SIGNALED'
>;

/**
 * Keeps one map from taking the whole card: a new frame is asked for when the last one is finished, and after as long a rest as it
 * took. All windows of a desk share one card; on a PC without one (software rendering) a frame takes a fifth of a second, and a
 * map that repainted as fast as it could would stop the video and the clicks in every other window.
 */
export class CardPace {
  #fence: WebGLSync | null = null;
  #drawnAt = 0;
  #freeAt = 0;

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
      if (gl.getSyncParameter(this.#fence, gl.SYNC_STATUS) !== gl.SIGNALED) return LOOK_MS;
      gl.deleteSync(this.#fence);
      this.#fence = null;
      this.#freeAt = now + Math.min(LONGEST_REST_MS, now - this.#drawnAt);
    }
    return Math.max(0, this.#freeAt - now);
  }

  /** The context is gone, and its fences with it. */
  forget(): void {
    this.#fence = null;
  }
}
