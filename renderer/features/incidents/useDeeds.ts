import { useTranslation } from 'react-i18next';
import { useAct } from '../../desk/act.ts';
import { useActions } from '../../desk/actions.ts';
import { useDeskStore } from '../../desk/DeskProvider.tsx';
import { useDrafts } from '../../desk/DraftsProvider.tsx';
import { draftKey } from '../../desk/drafts.ts';
import { useMay } from '../../desk/rights.ts';
import type { Subject } from '../../desk/subject.ts';
import { useWhatAndWhere } from '../../desk/words.ts';
import { incidentDesk } from './incidentDesk.ts';

/** Something to be done with an incident or an alarm; whether it can be done now. */
interface Deed {
  readonly may: boolean;
  run(): void;
}

/** What is done with incidents beside opening and closing them. */
export interface Deeds {
  readonly join: Deed;
  readonly merge: Deed;
  readonly split: Deed;
  readonly take: Deed;
  readonly reopen: Deed;
}

/** What can be done with what is selected, by button and by key. */
export function useDeeds({ selection, alarm, incident }: Subject): Deeds {
  const { t } = useTranslation();
  const desk = useDeskStore();
  const drafts = useDrafts();
  const { act } = useAct();
  const actions = useActions();
  const may = useMay();
  const { seat } = desk.getState();
  const whatAndWhere = useWhatAndWhere();
  const opens = may.call('incidents.open');
  const ofAlarm = opens && selection?.kind === 'alarm' && alarm !== null;
  const ofIncident = opens && selection?.kind === 'incident' && incident !== null;
  const isOpen = incident?.state === 'open';
  const joined = ofAlarm && isOpen && incident.alarm !== alarm.id;

  /** Beside the buttons that do the same. */
  const where = { place: 'detail', about: selection };
  const choose = () => {
    desk.getState().setIn(incidentDesk, { choosingFor: selection?.id ?? null });
    actions.focusRegion('detail');
  };
  const splitAlarm = async (id: string) => {
    const answer = await act('incidents.splitAlarm', { alarm: id }, where);
    if (answer) desk.getState().select({ kind: 'incident', id: answer.incident, at: null });
  };
  return {
    join: { may: ofAlarm && alarm.state !== 'normal', run: choose },
    merge: { may: ofIncident && isOpen, run: choose },
    split: {
      may: joined || (ofIncident && incident.state === 'merged'),
      run() {
        if (joined) void splitAlarm(alarm.id);
        else if (incident) void act('incidents.split', { incident: incident.id }, where);
      },
    },
    take: {
      may: ofIncident && isOpen && incident.owner !== seat,
      run: () => incident && void act('incidents.take', { incident: incident.id }, where),
    },
    reopen: {
      may: ofIncident && incident.state === 'closed' && may.call('incidents.reopen'),
      run() {
        if (!incident) return;
        actions.focusRegion('detail'); // The form that comes up in it takes the caret.
        drafts.open(draftKey(incident.id, 'reopen'), `${t('incidents:action.reopen')} · ${whatAndWhere(incident)}`);
      },
    },
  };
}
