import type { Result } from '../../../contract/index.ts';
import { alarmStory } from '../../../core/alarms/story.ts';
import { nameOfActor } from '../../../core/ledger/actor.ts';
import type { Stream } from '../../../core/ledger/stream.ts';
import type { EventsOf, LedgerTasks } from '../../ledger/ledgerTasks.ts';
import { pageFrom } from '../../wire/pieces.ts';
import { workerProgram } from '../../workerProgram.ts';

/** What has `alarmTasks` done beside the work: an alarm that came and went for years has a long story. */
export const ALARM_TASKS_PROGRAM = workerProgram(import.meta.url, './tellAlarms.worker.ts');

/** A page of an alarm's timeline, from its `from`th moment on. */
interface TimelineOrder {
  readonly alarm: string;
  readonly from: number;
  /** From which alone its events are taken. */
  readonly stream: Stream;
}

/** How alarms are told: folded anew from what the ledger holds of them. */
export const alarmTasks = {
  timeline(eventsOf: EventsOf, { alarm, from, stream }: TimelineOrder): Result<'alarms.timeline'> {
    const told = alarmStory(alarm, eventsOf(alarm), stream).reverse();
    const { page, next } = pageFrom(
      told.map((moment) => ({ ...moment, actor: nameOfActor(moment.actor) })),
      from,
    );
    return { moments: page, next };
  },
} satisfies LedgerTasks;
