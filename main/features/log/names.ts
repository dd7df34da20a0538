import type { ModelDb } from '../../kernel/readModel.ts';

/** So many are kept in memory: there are few, unless somebody makes them up. */
const MOST = 10_000;

/** Numbers of names, as `log_names` has them. */
export interface Names {
  /** Gives a new name the next number. */
  numberOf(name: string): number;
  /** Numbers that were given since may be taken back. */
  forget(): void;
}

export function createNames(db: ModelDb): Names {
  const find = db.prepare('SELECT id FROM log_names WHERE name = ?');
  const add = db.prepare('INSERT INTO log_names (name) VALUES (?)');
  const known = new Map<string, number>();
  return {
    numberOf(name) {
      const had = known.get(name);
      if (had !== undefined) return had;
      const found = find.get(name) as { id: number } | undefined;
      const id = found?.id ?? Number((add.run(name) as { lastInsertRowid: number }).lastInsertRowid);
      if (known.size >= MOST) known.clear();
      known.set(name, id);
      return id;
    },
    forget: () => known.clear(),
  };
}
