import type { Map as MapLibreMap } from 'maplibre-gl';

/** What is drawn on: the canvas itself, or a picture past it. */
export type Surface = 'canvas' | 'picture';

/** A graphics card that finishes when it is told to, and notes what is put on the canvas. */
export function fakeCard() {
  const state = { done: false, on: 'canvas' as Surface, blits: 0, allocated: 0 };
  const gl = {
    ...{ SYNC_GPU_COMMANDS_COMPLETE: 1, SYNC_STATUS: 2, SIGNALED: 3 },
    ...{ FRAMEBUFFER: 10, READ_FRAMEBUFFER: 11, DRAW_FRAMEBUFFER: 12 },
    canvas: { width: 800, height: 600 },
    fenceSync: () => ({}),
    deleteSync() {},
    flush() {},
    getSyncParameter: () => (state.done ? 3 : 4),
    isContextLost: () => false,
    createFramebuffer: () => ({ at: state.allocated++ }),
    deleteFramebuffer() {},
    createRenderbuffer: () => ({}),
    deleteRenderbuffer() {},
    bindRenderbuffer() {},
    renderbufferStorage() {},
    framebufferRenderbuffer() {},
    bindFramebuffer(target: number, buffer: unknown) {
      if (target !== 11) state.on = buffer === null ? 'canvas' : 'picture';
    },
    blitFramebuffer() {
      if (state.on === 'canvas') state.blits++;
    },
  };
  return { gl: gl as unknown as WebGL2RenderingContext, state, canvas: gl.canvas };
}

interface FakeMapOptions {
  /** Ms that the card needs for a frame; until then what is drawn on it is not finished. */
  readonly takes?: number;
  moving?(): boolean;
  /** Whether all of it is there. */
  loaded?(): boolean;
}

/** A map that draws a frame 4 ms after it was asked to. It needs fake timers. */
export function fakeMap({ takes = 0, moving = () => false, loaded = () => true }: FakeMapOptions = {}) {
  const { gl, state, canvas } = fakeCard();
  state.done = true;
  const heard = new Map<string, Set<() => void>>();
  const fire = (event: string) => {
    for (const each of heard.get(event) ?? []) each();
  };
  const seen = { frames: 0, drawn: [] as Surface[], asked: false, lon: 0 };
  let finishing: ReturnType<typeof setTimeout> | undefined;
  const map = {
    getCanvas: () => ({ getContext: () => gl }),
    getContainer: () => ({}),
    getCenter: () => ({ lng: seen.lon, lat: 0 }),
    getZoom: () => 12,
    project: () => ({ x: 0, y: 0 }),
    isMoving: moving,
    loaded,
    on(event: string, listener: () => void) {
      heard.set(event, (heard.get(event) ?? new Set()).add(listener));
    },
    painter: {
      render(..._frame: unknown[]) {
        // As MapLibre does it.
        gl.bindFramebuffer(gl.FRAMEBUFFER, null);
        seen.drawn.push(state.on);
        clearTimeout(finishing);
        state.done = takes === 0;
        if (takes > 0) finishing = setTimeout(() => (state.done = true), takes);
      },
    },
    triggerRepaint() {
      if (seen.asked) return;
      seen.asked = true;
      setTimeout(() => {
        seen.asked = false;
        seen.frames++;
        const center = { lng: seen.lon, lat: 0 };
        map.painter.render(
          {},
          { clone: () => ({ center, zoom: 12, locationToScreenPoint: () => ({ x: 0, y: 0 }) }) },
          {},
        );
        fire('render');
        if (loaded()) fire('idle');
      }, 4);
    },
  };
  return { map: map as unknown as MapLibreMap, seen, state, fire, canvas };
}
