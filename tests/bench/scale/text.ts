import { join } from 'node:path';
import { queries } from '../../../contract/index.ts';
import { logOrder } from '../../../main/features/log/queries.ts';
import { VIEWS_FILE } from '../../../main/kernel/openViews.ts';
import { openDatabase } from '../../../native/sqlite/database.ts';
import type { BenchRow } from '../../../scripts/bench-report.ts';
import type { Folders } from './folders.ts';
import type { BigHall } from './hall.ts';
import { quantile } from './spread.ts';

const PAGE = 50;
/** Of what the generated events say: often, now and then, of one place, and never. */
const TYPED = ['水', '积水', '泵站已启动', '第1723号', 'diverted', '影响主干道 提级', '易涝点 积水', '火灾'];

/**
 * `text`: the newest events of the log that have what was typed, read from views.db by a connection of its own, while the hall takes
 * 10,000 observations a second.
 */
export async function text({ full }: Folders, hall: BigHall): Promise<BenchRow> {
  hall.feed.pace({ gauges: hall.effort.gauges, units: 0 });
  const db = openDatabase(join(full, VIEWS_FILE), { readonly: true });
  try {
    const times: number[] = [];
    for (let i = 0; i < hall.effort.times; i++) {
      for (const typed of TYPED) {
        const order = logOrder(queries['log.list'].params.parse({ text: typed, limit: PAGE }));
        if (!order) throw new Error(`nothing is searched for ${typed}`);
        const began = performance.now();
        db.prepare(order.sql).all(order.values);
        times.push(performance.now() - began);
        await new Promise((next) => setImmediate(next));
      }
    }
    return {
      id: 'text',
      what: 'Chinese text search of the log, first page, p95',
      value: quantile(times, 0.95),
      unit: 'ms',
      limit: { most: 50, of: 'value' },
    };
  } finally {
    db.close();
  }
}
