import { describe, expect, it } from 'vitest';
import { alarmView as alarm } from '../../../../tests/fakes/alarmView.ts';
import { alarmPoints, standingAlarms } from './alarmPoints.ts';

describe('alarms on the map', () => {
  it('are those that stand, the worst on top', () => {
    const alarms = [
      alarm('worst', { level: 1 }),
      alarm('over', { state: 'normal' }),
      alarm('mild', { level: 4 }),
      alarm('put-aside', { state: 'shelved' }),
    ];
    expect(standingAlarms(alarms).map((a) => a.id)).toEqual(['mild', 'worst']);
  });

  it('change their look when somebody has acknowledged them', () => {
    const looks = alarmPoints([alarm('a', {}), alarm('b', { state: 'acknowledged' })], (text) => text.en).features.map(
      (f) => f.properties.look,
    );
    expect(looks).toEqual(['alarm-new-2', 'alarm-seen-2']);
  });
});
