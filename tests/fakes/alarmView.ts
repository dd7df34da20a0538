import type { AlarmView } from '../../contract/features/alarms.ts';

/** An alarm of level II that stands and waits for somebody, but for `more`. */
export function alarmView(id: string, more: Partial<AlarmView> = {}): AlarmView {
  return {
    id,
    rule: 'waterlogging',
    title: { zh: '道路积水', en: 'Road waterlogging' },
    level: 2,
    state: 'unacknowledged',
    occurrence: 1,
    source: { kind: 'sensor', id: 'WL-001' },
    value: 0.5,
    unit: 'm',
    place: { lon: 121.92, lat: 29.17, name: { zh: '下穿', en: 'Underpass' } },
    raisedAt: 1,
    worsenedAt: null,
    acknowledged: null,
    clearedAt: null,
    clearedValue: null,
    shelvedUntil: null,
    incident: null,
    conflicts: [],
    ...more,
  };
}
