import type { AlarmView } from '../../../contract/features/alarms.ts';
import { wantsAcknowledgement } from '../../../core/alarms/acknowledgement.ts';
import { byUrgency } from '../../desk/alarmQueue.ts';
import type { Sound } from '../../desk/sound/hearing.ts';

/** What alarms are to be heard: those that wait to be acknowledged, the most urgent first. */
export function soundsOf(alarms: Iterable<AlarmView>): readonly Sound[] {
  return [...alarms].filter(wantsAcknowledgement).sort(byUrgency);
}
