import type { Map as MapLibreMap } from 'maplibre-gl';
import type { View } from '../../../map/frames.ts';
import type { Drawing } from '../../../map/layer.ts';
import { UNITS_PER_DEGREE, worldPixels } from '../../../map/mercator.ts';
import { type MapPalette, PALETTES, rgb } from '../../../map/palette.ts';
import { STALE_AFTER_S } from '../report.ts';
import { type Card, createCard, dropCard, feed, type Pass, uploadFrame, uploadLooks } from './card.ts';
import { untilSeenToMove } from './motion.ts';
import { LOOKS_WIDTH } from './roster.ts';
import { JUMP, OVERSHOOT, type UnitTrack } from './track.ts';

const NONE = 0xffffffff;

/**
 * All units in one draw, as points from afar and as instanced quads near by. The wire frame is uploaded as it came; interpolation, projection, choice of sign and
 * anti-aliased drawing happen on the card. It asks to be drawn only as often as the fastest unit on the screen moves by
 * half a pixel (motion.ts), so a city at rest, or one that is not looked at, costs nothing.
 */
export class UnitLayer implements Pick<Drawing, 'added' | 'removed' | 'render'> {
  readonly #track: UnitTrack;
  readonly #now: () => number;
  readonly #visible: (slot: number) => boolean;
  #map: MapLibreMap | null = null;
  #again: () => void = () => undefined;
  /** It has asked to be drawn, and was not yet. */
  #asked = false;
  #card: Card | null = null;
  #palette: MapPalette = PALETTES.dark;
  #looks: Uint8Array<ArrayBuffer> = new Uint8Array(LOOKS_WIDTH * 4);
  #selected = NONE;
  #hovered = NONE;
  #statuses = 31;
  #wake: ReturnType<typeof setTimeout> | null = null;
  /** When it wakes, in the track's time. */
  #wakesAt = 0;

  /**
   * @param now the track's time: monotonic ms
   * @param visible whether a unit, by its place in the track, is shown
   */
  constructor(track: UnitTrack, now: () => number, visible: (slot: number) => boolean = () => true) {
    this.#track = track;
    this.#now = now;
    this.#visible = visible;
  }

  setPalette(palette: MapPalette): void {
    this.#palette = palette;
    this.#ask();
  }

  /** Texels from `unitLooks`. */
  setLooks(looks: Uint8Array<ArrayBuffer>): void {
    this.#looks = looks;
    if (this.#card) this.#card.looksUploaded = false;
    this.#ask();
  }

  /** Bits from `statusBits`. */
  setStatuses(bits: number): void {
    this.#statuses = bits;
    this.#ask();
  }

  /** Directory indices of the unit that is selected and of the one under the pointer; -1 for none. */
  setMarks(selected: number, hovered: number): void {
    const chosen = selected < 0 ? NONE : selected;
    const under = hovered < 0 ? NONE : hovered;
    if (chosen === this.#selected && under === this.#hovered) return;
    this.#selected = chosen;
    this.#hovered = under;
    this.#ask();
  }

  /** Another frame is in the track. */
  arrived(): void {
    // Once it has asked it is drawn as soon as it may be: no need to look when. It asks again, for somebody may have come to the window.
    if (this.#track.changed || this.#asked) this.#ask();
    else if (this.#map) this.#wakeWhenMoved(this.#map, this.#now());
  }

  #ask(): void {
    this.#asked = true;
    this.#again();
  }

  added(map: MapLibreMap, gl: WebGL2RenderingContext, ask: () => void): void {
    this.#card = createCard(gl);
    this.#map = map;
    this.#again = ask;
    this.#asked = false;
  }

  removed(gl: WebGL2RenderingContext): void {
    this.#sleep();
    this.#again = () => undefined;
    this.#map = null;
    if (this.#card) dropCard(gl, this.#card);
    this.#card = null;
  }

  render(gl: WebGL2RenderingContext, view: View): void {
    const card = this.#card;
    const map = this.#map;
    const { count } = this.#track;
    this.#asked = false;
    if (!card || !map || count === 0) return;
    const now = this.#now();
    if (!card.looksUploaded) uploadLooks(card, this.#looks);
    if (card.uploaded !== this.#track.revision) uploadFrame(card, this.#track);
    gl.activeTexture(gl.TEXTURE0);
    gl.bindTexture(gl.TEXTURE_2D, card.glyphs);
    gl.activeTexture(gl.TEXTURE1);
    gl.bindTexture(gl.TEXTURE_2D, card.looks);

    const { zoom } = view;
    const crowd = crowding(count);
    const active = opened(zoom, 13.2 + crowd);
    const quiet = opened(zoom, 14.2 + crowd);
    if (quiet < 0.02) {
      this.#begin(gl, card.dots, map, view, now, active, quiet);
      gl.drawArrays(gl.POINTS, 0, count);
    }
    const marks = [this.#hovered, this.#selected].filter((unit) => unit !== NONE);
    if (active >= 0.02 || marks.length > 0) {
      this.#begin(gl, card.signs, map, view, now, active, quiet);
      if (active >= 0.02) gl.drawArraysInstanced(gl.TRIANGLE_STRIP, 0, 4, count);
      for (const unit of marks) {
        const slot = this.#track.slotOf(unit);
        if (slot < 0) continue;
        // Once more, on top of its neighbours.
        feed(card, card.signs, slot, 1);
        gl.drawArraysInstanced(gl.TRIANGLE_STRIP, 0, 4, 1);
      }
      if (marks.length > 0) feed(card, card.signs, 0, 1);
    }
    gl.bindVertexArray(null);
    this.#sleep();
    this.#wakeWhenMoved(map, now);
  }

  #begin(
    gl: WebGL2RenderingContext,
    { program, at, array }: Pass,
    map: MapLibreMap,
    view: View,
    now: number,
    active: number,
    quiet: number,
  ): void {
    // biome-ignore lint/correctness/useHookAtTopLevel: WebGL's, not React's
    gl.useProgram(program);
    gl.bindVertexArray(array);
    const { zoom } = view;
    const { clientWidth: width, clientHeight: height } = map.getCanvas();
    const shift = view.project(view);
    const lon = Math.round(view.lon * UNITS_PER_DEGREE);
    const lat = Math.round(view.lat * UNITS_PER_DEGREE);
    const { scale } = this.#palette;
    gl.uniform2i(at('u_centre'), lon, lat);
    gl.uniform2f(at('u_centre_rest'), view.lon * UNITS_PER_DEGREE - lon, view.lat * UNITS_PER_DEGREE - lat);
    gl.uniform1f(at('u_centre_lat'), (view.lat * Math.PI) / 180);
    gl.uniform1f(at('u_world'), worldPixels(zoom));
    gl.uniform2f(at('u_viewport'), width, height);
    gl.uniform2f(at('u_shift'), shift.x - width / 2, shift.y - height / 2);
    gl.uniform1i(at('u_now'), Math.round(now));
    gl.uniform1f(at('u_late'), this.#track.receivedAt === null ? 0 : (now - this.#track.receivedAt) / 1000);
    gl.uniform1f(at('u_stale_after'), STALE_AFTER_S);
    gl.uniform1f(at('u_overshoot'), OVERSHOOT);
    gl.uniform1i(at('u_jump'), JUMP);
    gl.uniform2f(at('u_radius'), dotRadius(zoom, this.#track.count) * scale, signRadius(zoom) * scale);
    gl.uniform2f(at('u_open'), active, quiet);
    gl.uniform1ui(at('u_selected'), this.#selected);
    gl.uniform1ui(at('u_hovered'), this.#hovered);
    gl.uniform1ui(at('u_statuses'), this.#statuses);
    gl.uniform1f(at('u_dpr'), map.getPixelRatio());
    gl.uniform3fv(at('u_ink'), rgb(this.#palette.ink));
    gl.uniform3fv(at('u_paper'), rgb(this.#palette.paper));
    gl.uniform3fv(at('u_touch'), rgb(this.#palette.touch));
    gl.uniform1f(at('u_dot_alpha'), dotAlpha(zoom, this.#track.count));
    gl.uniform1i(at('u_glyphs'), 0);
    gl.uniform1i(at('u_looks'), 1);
  }

  /** Is drawn again when a unit on it is seen to have moved, unless it is drawn before. */
  #wakeWhenMoved(map: MapLibreMap, now: number): void {
    const { lng: lon, lat } = map.getCenter();
    const { clientWidth: width, clientHeight: height } = map.getCanvas();
    const wait = untilSeenToMove(this.#track, { lon, lat, zoom: map.getZoom(), width, height }, now, this.#visible);
    if (wait === null || (this.#wake !== null && this.#wakesAt <= now + wait)) return;
    this.#sleep();
    this.#wakesAt = now + wait;
    this.#wake = setTimeout(() => {
      this.#wake = null;
      this.#ask();
    }, wait);
  }

  #sleep(): void {
    if (this.#wake !== null) clearTimeout(this.#wake);
    this.#wake = null;
  }
}

/** How far a unit has opened from a dot (0) to its sign (1) at a zoom. */
function opened(zoom: number, from: number): number {
  const t = Math.min(1, Math.max(0, (zoom - from) / 0.5));
  return t * t * (3 - 2 * t);
}

/** Zoom levels by which signs wait longer where there are more units: each doubling past 2,000 halves the room. */
function crowding(count: number): number {
  return Math.min(1.5, Math.max(0, Math.log2(Math.max(1, count) / 2000) / 2));
}

function dotRadius(zoom: number, count: number): number {
  const crowd = count > 8000 ? 0.8 : 1;
  return Math.min(3, Math.max(1.1, 1.5 + (zoom - 11) * 0.45)) * crowd;
}

/** Many dots together must not hide the city; nearer by there is room for them. */
function dotAlpha(zoom: number, count: number): number {
  const crowd = Math.max(0.35, Math.min(1, Math.sqrt(4000 / Math.max(1, count))));
  const room = Math.min(1, Math.max(0, (zoom - 12) / 2.5));
  return Math.min(0.95, 0.7 + Math.max(0, zoom - 11) * 0.15) * (crowd + (1 - crowd) * room);
}

function signRadius(zoom: number): number {
  return Math.min(12, 8 + Math.max(0, zoom - 13) * 0.9);
}
