import { join } from 'node:path';
import { seats as contract } from '../../../contract/features/seats.ts';
import { departmentRows } from '../../city/departments.ts';
import { defineFeature } from '../../kernel/feature.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import { listPage } from '../../wire/listPage.ts';
import { seatHandlers } from './handlers.ts';
import { openWatched } from './watched.ts';

/** What each seat has selected, watches and has silenced. */
export const seats = defineFeature({
  contract,
  start({
    city,
    clock,
    dataDir,
    log,
    topics,
    windows,
  }: Pick<Kernel, 'city' | 'clock' | 'dataDir' | 'log' | 'topics' | 'windows'>) {
    const departments = departmentRows(city.departments);
    const cameras = new Set(city.cameras.map(({ id }) => id));
    const connected = () => windows.callers();
    const watched = openWatched(join(dataDir, 'seats.json'), clock, log);
    const isCamera = (id: string) => cameras.has(id);
    return {
      queries: {
        'seats.departments': { reads: [], answer: (page) => listPage(departments, ({ id }) => id, page) },
      },
      handlers: seatHandlers({ seats: topics.seats, clock, isCamera, connected, watched }),
      close: () => watched.close(),
    };
  },
});
