import type { TopicCollections } from '../../../contract/wire/collection.ts';
import { type Going, putTogether, type Sheet } from '../../../core/shifts/sheet.ts';
import type { Level } from '../../../core/words.ts';
import type { Clock } from '../../clock.ts';
import type { Readers, ReadOrder } from '../../wire/readers.ts';

/** Of incidents so many are looked at, the worst that are open first. */
const MOST = 500;

/** Incidents that are open, and those about which stations decided differently. */
const INCIDENTS: ReadOrder = {
  sql: `SELECT id, title_zh, title_en, place_zh, place_en, level, state, opened_at, owner, unseen FROM incidents
    WHERE state = 'open' OR unseen > 0 ORDER BY state <> 'open', level, opened_at LIMIT :most`,
  values: { most: MOST },
};

async function goingIncidents(readers: Pick<Readers, 'read'>): Promise<Going['incidents']> {
  const { rows } = await readers.read(INCIDENTS);
  return rows.map((row) => ({
    id: String(row.id),
    title: { zh: String(row.title_zh), en: String(row.title_en) },
    place: { name: { zh: String(row.place_zh), en: String(row.place_en) } },
    level: row.level as Level,
    state: String(row.state),
    openedAt: Number(row.opened_at),
    owner: String(row.owner),
    unseen: Number(row.unseen),
  }));
}

/**
 * The sheet as the hall has it now. Incidents are as their table has them, which is a fifth of a second behind at most.
 *
 * @throws ContractError as {@link Readers.read}
 */
export async function sheetNow(stand: {
  topics: Pick<TopicCollections, 'alarms' | 'calls' | 'runs' | 'feeds'>;
  readers: Pick<Readers, 'read'>;
  clock: Pick<Clock, 'now'>;
}): Promise<Sheet> {
  const incidents = await goingIncidents(stand.readers);
  const { alarms, calls, runs, feeds } = stand.topics;
  const going = {
    ...{ incidents, alarms: alarms.items.values(), calls: calls.items.values() },
    ...{ runs: runs.items.values(), feeds: feeds.items.values() },
  };
  return putTogether(going, stand.clock.now());
}
