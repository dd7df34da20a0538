import { PbfReader, PbfWriter } from 'pbf';
import { BadTile } from './badTile.ts';

/** A coordinate farther from the tile than so many of its sides is no map's. */
const FARTHEST_SIDES = 64;

const MOVE_TO = 1;
const LINE_TO = 2;
const CLOSE_PATH = 7;

/**
 * Looks at a geometry as vector tiles write it (Mapbox Vector Tile 2.1, 4.3) without making points of it: whether each command has its
 * numbers, and whether they stay near the tile. A count that promises millions of points out of nothing ends here.
 *
 * @param side units of the tile
 * @throws BadTile
 */
export function checkGeometry(geometry: Uint8Array, side: number): void {
  walk(geometry, side, null);
}

/** The same shape in a tile whose side has `factor` times as many units. @throws BadTile */
export function scaleGeometry(geometry: Uint8Array, side: number, factor: number): Uint8Array {
  const out = new PbfWriter();
  walk(geometry, side, { out, factor });
  return out.finish();
}

/** A polygon's outer ring, given clockwise on the screen. */
export function ringGeometry(points: readonly (readonly [number, number])[]): Uint8Array {
  const out = new PbfWriter();
  let [atX, atY] = [0, 0];
  points.forEach(([x, y], i) => {
    if (i === 0) out.writeVarint(MOVE_TO | (1 << 3));
    if (i === 1) out.writeVarint(LINE_TO | ((points.length - 1) << 3));
    out.writeSVarint(x - atX);
    out.writeSVarint(y - atY);
    [atX, atY] = [x, y];
  });
  out.writeVarint(CLOSE_PATH | (1 << 3));
  return out.finish();
}

function walk(geometry: Uint8Array, side: number, scaled: { out: PbfWriter; factor: number } | null): void {
  const pbf = new PbfReader(geometry);
  const limit = side * FARTHEST_SIDES;
  let [x, y] = [0, 0];
  let [outX, outY] = [0, 0];
  let begun = false;
  while (pbf.pos < pbf.length) {
    const command = pbf.readVarint();
    const [id, count] = [command & 7, command >>> 3];
    scaled?.out.writeVarint(command);
    if (id === CLOSE_PATH) {
      if (count !== 1 || !begun) throw new BadTile('a ring is closed that was not begun');
      continue;
    }
    begun ||= id === MOVE_TO;
    // Each point has two numbers of a byte at least.
    if ((id !== MOVE_TO && id !== LINE_TO) || !begun || count === 0 || count * 2 > pbf.length - pbf.pos)
      throw new BadTile('a geometry has a command that there is not, or none of its numbers');
    for (let i = 0; i < count; i++) {
      x += pbf.readSVarint();
      y += pbf.readSVarint();
      if (!(Math.abs(x) <= limit && Math.abs(y) <= limit)) throw new BadTile('a geometry leads far out of its tile');
      if (!scaled) continue;
      const [toX, toY] = [Math.round(x * scaled.factor), Math.round(y * scaled.factor)];
      scaled.out.writeSVarint(toX - outX);
      scaled.out.writeSVarint(toY - outY);
      [outX, outY] = [toX, toY];
    }
  }
  if (pbf.pos !== pbf.length || !begun) throw new BadTile('a geometry is cut off');
}
