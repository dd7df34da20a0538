import { createInitials } from '../../../core/search/pairInitials.ts';
import { indexedWords } from '../../../core/search/words.ts';
import type { ModelDb } from '../../kernel/readModel.ts';

/** Texts that are known with their numbers: sources call things by the same names again and again, and a city has tens of thousands of things. */
const MOST_TEXTS = 30_000;
/** A longer one somebody wrote, once. */
const LONGEST_KNOWN = 200;
/** Texts of an era are numbered from here times its own number. */
export const ERA_TEXTS = 2 ** 30;

/** What events say, numbered for the rows of the log. */
export interface Texts {
  /** Before rows behind the row `n` are put down. */
  begin(n: number): void;
  /** Its number; null for nothing. */
  idOf(text: string): number | null;
  /** Puts down what was said since for the first time. Answers what puts it into the index of words. */
  lay(): () => void;
}

/**
 * The log in eras, of so many rows each: within one a text stands once as a rule, and under one number, however often it is said. Numbers
 * grow from era to era as the numbers of the rows do, so that what was said last is found without what was said before. Which texts are known is in
 * memory: after a start, or where they were too many, one may stand twice, which nobody sees.
 */
export function createTexts(db: ModelDb, eraRows: number): Texts {
  const initials = createInitials();
  const lastEra = db.prepare('SELECT era, begins FROM log_eras ORDER BY era DESC LIMIT 1');
  const lastText = db.prepare('SELECT ifnull(max(id), 0) AS id FROM log_texts');
  const addEra = db.prepare('INSERT INTO log_eras (era, begins) VALUES (?, ?)');
  const addText = db.prepare('INSERT INTO log_texts (id, text) VALUES (?, ?)');
  const textsOf = db.prepare('SELECT id, text FROM log_texts WHERE id > ? AND id <= ?');
  const find = db.prepare('INSERT INTO log_words (rowid, words) VALUES (?, ?)');
  const known = new Map<string, number>();
  let fresh: string[] = [];
  let era = { era: -1, begins: 0 };
  /** Number of the last text that is put down. */
  let laid = -1;

  return {
    begin(n) {
      fresh = [];
      const [at, top] = [lastEra.get() as typeof era | undefined, (lastText.get() as { id: number }).id];
      // Else a file was opened, or a disk refused what was put down last.
      if (at?.era !== era.era || top !== laid) known.clear();
      laid = top;
      era = at ?? { era: -1, begins: 0 };
      if (at && n - at.begins < eraRows) return;
      era = { era: era.era + 1, begins: n + 1 };
      addEra.run(era.era, era.begins);
      known.clear();
    },
    idOf(text) {
      if (text === '') return null;
      const had = known.get(text);
      if (had !== undefined) return had;
      if (known.size >= MOST_TEXTS) known.clear();
      fresh.push(text);
      const id = Math.max(laid, era.era * ERA_TEXTS) + fresh.length;
      if (text.length <= LONGEST_KNOWN) known.set(text, id);
      return id;
    },
    lay() {
      const from = Math.max(laid, era.era * ERA_TEXTS);
      for (const [i, text] of fresh.entries()) addText.run(from + 1 + i, text);
      if (fresh.length > 0) laid = from + fresh.length;
      fresh = [];
      const to = laid;
      // One text a statement: before one that writes more, FTS5 empties what it has gathered in memory.
      return () => {
        for (const { id, text } of textsOf.all(from, to) as { id: number; text: string }[])
          find.run(id, `${indexedWords(text)} ${initials.wordsOf(text)}`);
      };
    },
  };
}
