import type { ReadModel } from '../../kernel/readModel.ts';
import { alarmsModel } from './alarms.ts';
import { incidentsModel } from './incidents.ts';
import { logModel } from './log.ts';
import { runsModel } from './runs.ts';

/** Every table that queries read. */
export const READ_MODELS: readonly ReadModel[] = [incidentsModel, alarmsModel, runsModel, logModel];
