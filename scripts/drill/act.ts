import { alarmSubject } from '../../core/alarms/alarm.ts';
import { ONLY } from '../../core/drills/conditions.ts';
import type { Action } from '../../core/drills/scriptShape.ts';
import { Refusal } from '../project.ts';
import type { DrillStation } from './station.ts';

/**
 * Does one action of the script through the acting seat's own connection, as the person there would.
 *
 * @returns the incident that it opened; nothing for all other actions.
 */
export async function act(station: DrillStation, action: Action): Promise<string | undefined> {
  const seat = station.seat(action.seat);
  const about = ('about' in action ? action.about : undefined) ?? ONLY;
  const run = () => need(station.run(about)?.id, 'plan run', action);
  const incident = () => need(station.incident(about)?.id, 'incident', action);
  switch (action.do) {
    case 'acknowledge-alarm':
      await seat.call('alarms.acknowledge', { alarm: alarmSubject(action.alarm.rule, action.alarm.sensor) });
      return;
    case 'open-incident':
      return (await seat.call('incidents.open', { alarm: alarmSubject(action.alarm.rule, action.alarm.sensor) }))
        .incident;
    case 'open-by-hand': {
      const { type, title, place, level, words, caller } = action;
      return (await seat.call('incidents.openByHand', { type, title, place, level, words, caller })).incident;
    }
    case 'set-level':
      await seat.call('incidents.setLevel', { incident: incident(), level: action.level, reason: action.reason });
      return;
    case 'launch': {
      const { plans } = await seat.call('plans.offer', { incident: incident() });
      const plan = plans.find((offer) => offer.id === action.plan);
      if (!plan) throw new Refusal(`the hall does not offer the plan ${action.plan}`);
      await seat.call('runs.launch', { incident: incident(), plan: plan.id, version: plan.version });
      return;
    }
    case 'acknowledge-step':
      await seat.call('runs.acknowledge', { run: run(), step: action.step });
      return;
    case 'start-step':
      await seat.call('runs.start', { run: run(), step: action.step });
      return;
    case 'finish-step':
      await seat.call('runs.finish', {
        run: run(),
        step: action.step,
        ...(action.note === undefined ? {} : { note: action.note }),
      });
      return;
    case 'skip-step':
      await seat.call('runs.skip', { run: run(), step: action.step, reason: action.reason });
      return;
    case 'decide':
      await seat.call('runs.decide', { run: run(), step: action.step, option: action.option });
      return;
    case 'see-conflicts':
      for (const conflict of station.conflicts(about)) {
        if (conflict.seen === null)
          await seat.call('conflicts.seen', { subject: conflict.subject, conflict: conflict.id });
      }
      return;
    case 'all-clear':
      await seat.call('runs.allClear', { run: run(), reason: action.reason });
      return;
    case 'cut':
      await seat.call('link.cut', {});
      return;
    case 'mend':
      await seat.call('link.mend', {});
      return;
  }
}

function need(id: string | undefined, what: string, action: Action): string {
  if (id === undefined) throw new Refusal(`${action.seat} is to ${action.do}, but there is no ${what} yet`);
  return id;
}
