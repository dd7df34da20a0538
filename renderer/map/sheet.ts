import type { Map as MapLibreMap } from 'maplibre-gl';
import type { Frames } from './frames.ts';
import type { Drawing } from './layer.ts';
import { lieOver } from './lieOver.ts';
import { type Pace, paceSheet } from './pace.ts';

/** A transparent sheet over the map's canvas, on which drawings draw. */
export interface Sheet {
  readonly canvas: HTMLCanvasElement;
  /** @returns whether the card took it */
  put(drawing: Drawing): boolean;
  take(drawing: Drawing): void;
  /** A drawing that is not shown is not drawn. */
  show(drawing: Drawing, on: boolean): void;
  /** Ms between two frames, where nobody works in the window; else 0. */
  rest(): number;
  remove(): void;
}

interface SheetOptions {
  readonly map: MapLibreMap;
  /** The canvas that it lies over: the map's, or one over it. */
  readonly over?: HTMLCanvasElement;
  /** The map's; undefined where it has no card. */
  readonly frames: Frames | undefined;
  readonly pace?: Pace | undefined;
}

/**
 * Lays the sheet over the map. What moves all the time is drawn on it, so that the map below is not: a frame of a whole city costs a
 * PC without a graphics card half a second of both cores, one of the sheet a few milliseconds. It is drawn with each frame of the map,
 * for the same frame of the page, and at its own pace between.
 */
export function createSheet({ map, over, frames, pace: beside }: SheetOptions): Sheet {
  const below = map.getCanvas();
  const { canvas, follow } = lieOver(below, over);
  const shown = new Map<Drawing, boolean>();
  /** What the card has. */
  const placed = new Set<Drawing>();
  let card: { gl: WebGL2RenderingContext; pace: Pace } | null = null;
  let frame: number | null = null;
  let empty = true;

  const start = (): typeof card => {
    const gl = canvas.getContext('webgl2', { antialias: false, depth: false, stencil: false });
    if (!gl || gl.isContextLost()) return null;
    const pace = paceSheet(gl, map, { frames, pace: beside }, () => {
      frame ??= requestAnimationFrame(() => {
        frame = null;
        draw();
      });
    });
    return { gl, pace };
  };

  const place = (drawing: Drawing): boolean => {
    try {
      card ??= start();
      if (!card) return false;
      const { gl, pace } = card;
      drawing.added(map, gl, () => pace.ask());
      placed.add(drawing);
      pace.ask();
    } catch {
      return false;
    }
    return true;
  };

  const draw = (): void => {
    if (!card) return;
    const drawn = [...placed].filter((drawing) => shown.get(drawing));
    if (empty && drawn.length === 0) return;
    const { gl, pace } = card;
    follow();
    gl.viewport(0, 0, canvas.width, canvas.height);
    gl.clearColor(0, 0, 0, 0);
    gl.clear(gl.COLOR_BUFFER_BIT);
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
    // What is on the screen, not what the map looks at meanwhile: both are of one place.
    const view = frames?.view();
    if (view) for (const drawing of drawn) drawing.render(gl, view);
    empty = drawn.length === 0;
    pace.drawn();
  };

  frames?.onSeen(draw);
  canvas.addEventListener('webglcontextlost', (event) => {
    // Without this the browser does not give it back.
    event.preventDefault();
    card?.pace.lost();
    card?.pace.stop();
    card = null;
    placed.clear();
  });
  canvas.addEventListener('webglcontextrestored', () => {
    for (const drawing of shown.keys()) drawing.placed(place(drawing));
  });

  return {
    canvas,
    put(drawing) {
      shown.set(drawing, true);
      return place(drawing);
    },
    take(drawing) {
      shown.delete(drawing);
      if (!placed.delete(drawing) || !card) return;
      drawing.removed(card.gl);
      card.pace.ask();
    },
    show(drawing, on) {
      if (!shown.has(drawing) || shown.get(drawing) === on) return;
      shown.set(drawing, on);
      card?.pace.ask();
    },
    rest: () => card?.pace.rest ?? 0,
    remove() {
      if (frame !== null) cancelAnimationFrame(frame);
      if (card) for (const drawing of placed) drawing.removed(card.gl);
      card?.pace.stop();
      // A page has a dozen contexts at most: one that is left for the collector is one less for the next map.
      card?.gl.getExtension('WEBGL_lose_context')?.loseContext();
      card = null;
      canvas.remove();
    },
  };
}
