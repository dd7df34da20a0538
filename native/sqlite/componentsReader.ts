import type { Component, ComponentBox } from '../../core/places/component.ts';
import { distanceM, type LonLat } from '../../core/places/geo.ts';
import { DEGREE } from './componentKey.ts';
import { COMPONENTS_FILE } from './componentsWriter.ts';
import { openDatabase } from './database.ts';

/** The first look around a place, metres; each that finds too few is twice as far. */
const FIRST_LOOK_M = 60;
const METRES_A_DEGREE = 111_195;
const MAPPED_BYTES = 1024 ** 3;

/** A component and how far it is, metres as the crow flies. */
export type NearComponent = Component & { readonly metres: number };

/** A file of components, read where somebody looks. */
export interface ComponentsReader {
  readonly count: number;
  /**
   * Those in a box, its edges among them, in the order of the file.
   *
   * @param page `after`: the id of the last of the page before
   * @returns so many, and how many there are in all; null where there is no such `after`
   */
  within(
    box: ComponentBox,
    page: { readonly limit: number; readonly after?: string | undefined },
  ): { readonly rows: readonly Component[]; readonly total: number; readonly more: boolean } | null;
  /** The nearest first, `most` of them, none farther than the radius in metres. */
  near(at: LonLat, radius: number, most: number): NearComponent[];
  one(id: string): Component | null;
  close(): void;
}

/** That a file is none of components, or one of a version to come. */
export class NoComponents extends Error {
  override readonly name = 'NoComponents';
}

interface Row {
  readonly id: string;
  readonly kind: string;
  readonly zh: string;
  readonly en: string;
  readonly owner: string;
  readonly lon: number;
  readonly lat: number;
}

/** Its number, and where it stands. */
type Hit = readonly [n: number, lon: number, lat: number];

const componentOf = ({ id, kind, zh, en, owner, lon, lat }: Row): Component => ({
  ...{ id, kind, name: { zh, en }, owner, lon: lon / DEGREE, lat: lat / DEGREE },
});

/**
 * Opens a file that `createComponentsFile` finished, for reading alone.
 *
 * @throws NoComponents @throws SqliteError; see `troubleOf`
 */
export function openComponentsFile(file: string): ComponentsReader {
  const db = openDatabase(file, { readonly: true });
  try {
    const [id, version] = ['application_id', 'user_version'].map((name) => db.pragma(name, { simple: true }));
    if (id !== COMPONENTS_FILE.id || version !== COMPONENTS_FILE.version)
      throw new NoComponents(`application_id ${id}, user_version ${version}`);
    // Looked up here and there: from the memory of the system, which keeps what is looked at often.
    db.pragma(`mmap_size = ${MAPPED_BYTES}`);
    const columns = 'id, kind, zh, en, owner, lon, lat';
    const leaves = db
      .prepare<[number, number, number, number], [number, number]>(
        'SELECT first, last FROM leaves WHERE east >= ? AND west <= ? AND north >= ? AND south <= ?',
      )
      .raw(true);
    const hits = db
      .prepare<[number, number, number, number, number, number], Hit>(
        'SELECT n, lon, lat FROM components INDEXED BY by_key WHERE key BETWEEN ? AND ? AND lon BETWEEN ? AND ? AND lat BETWEEN ? AND ?',
      )
      .raw(true);
    const byNumber = db.prepare<[number], Row>(`SELECT ${columns} FROM components WHERE n = ?`);
    const byId = db.prepare<[string], Row>(`SELECT ${columns} FROM components WHERE id = ?`);
    const numberOf = db.prepare<[string], number>('SELECT n FROM components WHERE id = ?').pluck();
    const count = db.prepare<[], number>('SELECT count(*) FROM components').pluck().get() ?? 0;

    const inBox = ({ west, south, east, north }: ComponentBox): Hit[] => {
      const [w, e] = [Math.round(west * DEGREE), Math.round(east * DEGREE)];
      const [s, n] = [Math.round(south * DEGREE), Math.round(north * DEGREE)];
      return leaves.all(w, e, s, n).flatMap(([first, last]) => hits.all(first, last, w, e, s, n));
    };
    const read = ([n]: Hit): Component => componentOf(byNumber.get(n) as Row);
    return {
      count,
      within(box, { limit, after }) {
        const last = after === undefined ? 0 : numberOf.get(after);
        if (last === undefined) return null;
        const all = inBox(box);
        const rest = all.filter(([n]) => n > last).sort(([a], [b]) => a - b);
        return { rows: rest.slice(0, limit).map(read), total: all.length, more: rest.length > limit };
      },
      near(at, radius, most) {
        for (let look = Math.min(FIRST_LOOK_M, radius); ; look = Math.min(2 * look, radius)) {
          const found = inBox(around(at, look))
            .map((hit) => ({ hit, metres: distanceM(at, { lon: hit[1] / DEGREE, lat: hit[2] / DEGREE }) }))
            .filter(({ metres }) => metres <= look);
          if (found.length < most && look < radius) continue;
          return found
            .sort((a, b) => a.metres - b.metres || a.hit[0] - b.hit[0])
            .slice(0, most)
            .map(({ hit, metres }) => ({ ...read(hit), metres }));
        }
      },
      one(wanted) {
        const row = byId.get(wanted);
        return row === undefined ? null : componentOf(row);
      },
      close: () => db.close(),
    };
  } catch (error) {
    db.close();
    throw error;
  }
}

/** The box around a circle, somewhat larger. */
function around({ lon, lat }: LonLat, radius: number): ComponentBox {
  const up = (radius / METRES_A_DEGREE) * 1.01;
  const across = up / Math.max(0.01, Math.cos((lat * Math.PI) / 180));
  return { west: lon - across, south: lat - up, east: lon + across, north: lat + up };
}
