import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { type AlarmView, MOST_ACKNOWLEDGED } from '../../../contract/features/alarms.ts';
import { wantsAcknowledgement } from '../../../core/alarms/acknowledgement.ts';
import { useBridge } from '../../bridge/index.ts';
import { useAct } from '../../desk/act.ts';
import { useDeskStore } from '../../desk/DeskProvider.tsx';
import { linesOf, meantBySpace, NO_FILTER } from './queue/lines.ts';
import { turnGroup, useQueueStore } from './queue/queueStore.ts';
import { isSeen } from './queue/seen.ts';

/** What acknowledges alarms: a button one, the key what it means now. */
export interface Acknowledge {
  one(alarm: AlarmView): void;
  /** See `meantBySpace`. */
  bySpace(): void;
  /** All of the group that was asked for, as they were then. */
  asked(): void;
}

const WHOLE = { filter: NO_FILTER, grouping: 'none' } as const;

export function useAcknowledge(): Acknowledge {
  const { t } = useTranslation();
  const bridge = useBridge();
  const desk = useDeskStore();
  const queue = useQueueStore();
  const { act } = useAct();

  return useMemo(() => {
    const choose = (alarm: AlarmView) => {
      const { lon, lat } = alarm.place;
      desk.getState().select({ kind: 'alarm', id: alarm.id, at: { lon, lat } });
    };
    const one = (alarm: AlarmView) => {
      choose(alarm);
      const about = { kind: 'alarm' as const, id: alarm.id, at: null };
      void act('alarms.acknowledge', { alarm: alarm.id }, { place: 'alarms', about });
    };
    const asked = async () => {
      const { asked } = queue.getState();
      if (asked === null) return;
      queue.setState({ asked: null });
      const answers: number[] = [];
      for (let from = 0; from < asked.seen.length; from += MOST_ACKNOWLEDGED) {
        const alarms = asked.seen.slice(from, from + MOST_ACKNOWLEDGED);
        const answer = await act('alarms.acknowledgeAll', { alarms }, { place: 'alarms' });
        if (answer === undefined) return; // Why stands over the queue.
        answers.push(answer.acknowledged);
      }
      const count = answers.reduce((sum, each) => sum + each, 0);
      const left = asked.seen.length - count;
      const text = t(left > 0 ? 'alarms:group.acknowledged-but' : 'alarms:group.acknowledged', { count, left });
      desk.getState().say(text);
    };
    const bySpace = () => {
      const { group, asked: before, shown, ...own } = queue.getState();
      const here = shown === null && document.querySelector('[data-region="alarms"]') !== null;
      if (here && before !== null && before.group === group) return void asked();
      // Where the queue is not on the screen, what hides alarms in it hides nothing.
      const view = here ? own : { ...own, ...WHOLE };
      const { selection, say } = desk.getState();
      const alarms = bridge.items('alarms');
      const selected = selection?.kind === 'alarm' ? (alarms.get(selection.id) ?? null) : null;
      const meant = meantBySpace(linesOf(alarms.values(), view), (here ? group : null) ?? selected, isSeen);
      switch (meant.do) {
        case 'acknowledge':
          return one(meant.alarm);
        case 'ask': {
          turnGroup(queue, meant.id, true);
          const waiting = meant.group.alarms.filter(wantsAcknowledgement);
          const seen = waiting.map(({ id, occurrence, level }) => ({ alarm: id, occurrence, level }));
          return queue.setState({ asked: { group: meant.id, seen } });
        }
        case 'show':
          queue.setState({ sought: queue.getState().sought + 1 });
          if ('group' in meant.line) return queue.setState({ group: meant.line.id, asked: null });
          choose(meant.line.alarm);
          if (!here && document.querySelector('[data-region="detail"]') === null) say(t('alarms:not-on-screen'));
          return;
        case 'nothing': {
          const more = meantBySpace(linesOf(alarms.values(), { ...view, ...WHOLE }), null, isSeen).do !== 'nothing';
          return say(t(more ? 'alarms:nothing-shown' : 'alarms:nothing-to-acknowledge'));
        }
      }
    };
    return { one, bySpace, asked: () => void asked() };
  }, [t, bridge, desk, queue, act]);
}
