import { wantsAcknowledgement } from '../../../core/alarms/acknowledgement.ts';
import { useTopicValue } from '../../bridge/index.ts';

/** How many alarms want somebody to acknowledge them. */
export function useWaiting(): number {
  return useTopicValue('alarms', (alarms) => {
    let waiting = 0;
    for (const alarm of alarms.values()) if (wantsAcknowledgement(alarm)) waiting++;
    return waiting;
  });
}
