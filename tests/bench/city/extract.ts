import { closeSync, openSync, writeSync } from 'node:fs';
import { headerBlob, pbfBlocks } from '../../../main/basemap/osm/testing/pbfFile.ts';
import { seededRandom } from '../../support/random.ts';

/** Houses on each side of a square between four streets. */
const HOUSES = 6;
/** Degrees between two streets. */
const STEP = 0.002;
const WEST = 121;
const SOUTH = 30;
/** Squares in a row of the town. */
const WIDE = 300;

type Node = { readonly id: number; readonly lon: number; readonly lat: number };

/**
 * Writes an extract in PBF of a town that is as large as it has to be: streets in a grid, each stretch with its name, and squares full of houses.
 *
 * @param bytes of the file, some more
 */
export function writeExtract(file: string, bytes: number): void {
  const handle = openSync(file, 'w');
  try {
    const random = seededRandom(8);
    const rows = { nodes: [] as Buffer[], ways: [] as Buffer[] };
    let [size, row] = [0, 0];
    for (; size < bytes; row++) {
      const { nodes, ways } = rowOf(row, random);
      for (const [kind, map] of [
        ['nodes', { nodes }],
        ['ways', { ways }],
      ] as const)
        for (const piece of pbfBlocks(map)) {
          rows[kind].push(piece);
          size += piece.length;
        }
    }
    writeSync(handle, headerBlob({ bounds: [WEST, SOUTH, WEST + WIDE * STEP, SOUTH + row * STEP] }));
    for (const piece of [...rows.nodes, ...rows.ways]) writeSync(handle, piece);
  } finally {
    closeSync(handle);
  }
}

/** One street from west to east, those that go north from it, and the houses between. */
function rowOf(row: number, random: () => number) {
  const nodes: Node[] = [];
  const ways: { id: number; refs: number[]; tags: Record<string, string> }[] = [];
  const crossing = (x: number, y: number) => 1 + y * 1_000_000 + x;
  const at = (x: number, y: number) => ({ lon: WEST + x * STEP, lat: SOUTH + y * STEP });
  for (let x = 0; x < WIDE; x++) nodes.push({ id: crossing(x, row), ...at(x, row) });
  for (let x = 0; x < WIDE; x++) {
    const name = `${row % 2 ? '东' : '西'}${x % 40}${row % 7}路`;
    const highway = row % 8 === 0 ? 'primary' : 'residential';
    if (x > 0)
      ways.push({ id: crossing(x, row), refs: [crossing(x - 1, row), crossing(x, row)], tags: { highway, name } });
    if (row > 0)
      ways.push({
        ...{ id: crossing(x, row) + 400_000, refs: [crossing(x, row - 1), crossing(x, row)] },
        tags: { highway: x % 8 === 0 ? 'primary' : 'residential', name },
      });
    for (let house = 0; house < HOUSES * HOUSES; house++) {
      const first = 1 + row * 1_000_000 + 1000 + (x * HOUSES * HOUSES + house) * 4;
      const [i, j] = [house % HOUSES, Math.floor(house / HOUSES)];
      const corner = at(
        x + 0.1 + (i / HOUSES) * 0.8 + random() * 0.02,
        row + 0.1 + (j / HOUSES) * 0.8 + random() * 0.02,
      );
      const [w, h] = [STEP * (0.05 + random() * 0.05), STEP * (0.05 + random() * 0.05)];
      for (const [k, [dx, dy]] of [
        [0, 0],
        [w, 0],
        [w, h],
        [0, h],
      ].entries())
        nodes.push({ id: first + k, lon: corner.lon + (dx ?? 0), lat: corner.lat + (dy ?? 0) });
      ways.push({
        ...{ id: 500_000_000_000 + first, refs: [first, first + 1, first + 2, first + 3, first] },
        tags: { building: 'yes', 'building:levels': String(1 + (house % 20)) },
      });
    }
  }
  return { nodes, ways };
}
