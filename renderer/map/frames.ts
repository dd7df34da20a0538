import { LngLat, type Map as MapLibreMap } from 'maplibre-gl';
import { createBackBuffer } from './backBuffer.ts';

/** The pace of the map, as far as it is needed here. */
interface FramesPace {
  /** Ms until the card is free for a frame; 0: now. */
  readonly wait: number;
  /** Ms that the slowest frame took. */
  readonly took: number;
}

/** What part of the world a picture of the map shows. */
export interface View {
  readonly lon: number;
  readonly lat: number;
  readonly zoom: number;
  /** @returns pixels from the canvas' top left */
  project(at: { lon: number; lat: number }): { x: number; y: number };
}

/** How the frames of a map come on the screen. */
export interface Frames {
  /** Whether the last frame was drawn, and not only counted. */
  readonly drew: boolean;
  /** Whether a frame is being drawn that is not on the screen yet. */
  readonly away: boolean;
  /** What is on the screen: after a jump not what the map says of itself, until its frame is there. */
  view(): View;
  /** `heard` is told when a frame is on the screen, in the same frame of the page. `whole`: all that the map wanted was there when it was drawn. */
  onSeen(heard: (whole: boolean) => void): () => void;
  /** The card has finished the last frame. */
  finished(): void;
  lost(): void;
  stop(): void;
}

/** A card that needs longer than this, two frames of a page, draws past the canvas: a page that draws on it stands still for as long. */
const STANDS_STILL_MS = 33;

/**
 * While a map is put together MapLibre wants a frame for each tile that comes, and draws all that is there each time: on a PC without
 * a graphics card half a second of both cores, which its workers and the page then lack. The frames go on, for they ask for tiles and
 * place names; they are drawn as often as the card can, and when all is there.
 *
 * On such a PC they are drawn past the canvas, for the page goes on meanwhile (backBuffer.ts); only a map that a person moves is drawn
 * on the canvas itself, so that it is under his hand.
 */
export function drawFrames(map: MapLibreMap, gl: WebGL2RenderingContext, pace: FramesPace): Frames {
  const heard = new Set<(whole: boolean) => void>();
  const buffer = createBackBuffer(gl);
  let later: ReturnType<typeof setTimeout> | null = null;
  let showing: number | null = null;
  // A canvas of another size is empty.
  let emptied = false;
  let drew = true;
  /** What was drawn last, and whether past the canvas and not on the screen yet. */
  let drawn: View | null = null;
  let away = false;
  /** Whether all was there for what was drawn last: what is shown later may have been drawn before the rest came. */
  let whole = false;
  /** What is on the canvas; null until something is. */
  let shown: View | null = null;
  let again = false;

  const seen = (view: View): void => {
    shown = view;
    for (const each of heard) each(whole);
  };

  const thin = () => {
    const { painter } = map;
    const render = painter.render.bind(painter);
    painter.render = (style, transform, options) => {
      const wait = emptied || map.loaded() || map.isMoving() ? 0 : pace.wait;
      const direct = emptied || map.isMoving() || pace.took <= STANDS_STILL_MS;
      emptied = false;
      drew = wait <= 0 && (direct || !away);
      if (!drew) {
        again = wait <= 0;
        // What is there by then is shown, also when nothing more comes.
        if (wait > 0)
          later ??= setTimeout(() => {
            later = null;
            map.triggerRepaint();
          }, wait);
        return;
      }
      drawn = viewOf(transform.clone());
      if (direct) {
        away = false;
        render(style, transform, options);
        return;
      }
      away = true;
      buffer.draw(() => render(style, transform, options));
    };
  };
  thin();
  map.on('resize', () => {
    emptied = true;
  });
  map.on('render', () => {
    if (!drew || !drawn) return;
    whole = map.loaded();
    if (!away) seen(drawn);
  });
  // A card that was lost comes back with another painter.
  map.on('webglcontextrestored', thin);

  const show = (): void => {
    showing = null;
    if (!away || !drawn) return;
    away = false;
    buffer.show();
    seen(drawn);
    if (again) map.triggerRepaint();
    again = false;
  };

  return {
    get drew() {
      return drew;
    },
    get away() {
      return away;
    },
    view: () => shown ?? liveView(map),
    onSeen(listener) {
      heard.add(listener);
      return () => void heard.delete(listener);
    },
    finished() {
      if (away) showing ??= requestAnimationFrame(show);
    },
    lost() {
      away = false;
      shown = null;
      buffer.forget();
    },
    stop() {
      if (later !== null) clearTimeout(later);
      if (showing !== null) cancelAnimationFrame(showing);
    },
  };
}

function viewOf(transform: Parameters<MapLibreMap['painter']['render']>[1]): View {
  const { center, zoom } = transform;
  const project: View['project'] = ({ lon, lat }) => transform.locationToScreenPoint(new LngLat(lon, lat));
  return { lon: center.lng, lat: center.lat, zoom, project };
}

/** Until something has been drawn. */
function liveView(map: MapLibreMap): View {
  const { lng: lon, lat } = map.getCenter();
  return { lon, lat, zoom: map.getZoom(), project: (at) => map.project([at.lon, at.lat]) };
}
