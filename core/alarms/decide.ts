import type { EventDraft, Json } from '../ledger/envelope.ts';
import { seenOf } from '../ledger/register.ts';
import { Refusal } from '../refusal.ts';
import type { Level, Place, Text } from '../words.ts';
import { type Alarm, incidentOf, isUp, mayClear } from './alarm.ts';
import { type ClearTerms, sameTerms } from './terms.ts';

/** What a rule found. */
export interface Finding {
  rule: string;
  title: Text;
  level: Level;
  source: { kind: string; id: string };
  value: number;
  unit: string;
  place: Place;
  /** What the rule asks before the alarm may clear. */
  clears?: ClearTerms;
}

export type AlarmCommand =
  | { do: 'raise'; finding: Finding; actor: string }
  /** `seen`: only if it is this occurrence, and no worse than that level (A6). */
  | { do: 'acknowledge'; seen?: { occurrence: number; level: Level }; actor: string }
  | { do: 'clear'; value: number; actor: string }
  /** By a person, where no rule of the hall looks at it any more (A16); whoever asks knows that. */
  | { do: 'withdraw'; reason: string; actor: string }
  /** A rule that finds the alarm up says its own terms for clearing it. */
  | { do: 'hold'; terms: ClearTerms; station: string; actor: string }
  | { do: 'shelve'; minutes: number; reason: string; actor: string }
  /** `shelving`: only if it is this one that is in force, by the id of its event. */
  | { do: 'unshelve'; shelving?: string; actor: string }
  /** `over`: every incident it became so far is closed, so that another may follow (A8). */
  | { do: 'link'; incident: string; over?: boolean; actor: string }
  /** It belongs to an incident that is there already, wherever it was counted before (A14). */
  | { do: 'join'; incident: string; actor: string }
  | { do: 'see-conflict'; conflict: string; actor: string };

/** @throws Refusal naming the rule of SPEC.md that stands against the command. */
export function decideAlarm(alarm: Alarm, command: AlarmCommand): EventDraft[] {
  const draft = (type: string, body: { [key: string]: Json }): EventDraft[] => [
    { type, subject: alarm.id, actor: command.actor, body },
  ];
  const { occurrence, level } = alarm;
  switch (command.do) {
    case 'raise': {
      const { finding } = command;
      if (isUp(alarm)) {
        if (finding.level >= alarm.level) return [];
        return draft('alarm.raised', { occurrence, ...finding } as unknown as { [key: string]: Json });
      }
      return draft('alarm.raised', { occurrence: occurrence + 1, ...finding } as unknown as { [key: string]: Json });
    }
    case 'acknowledge':
      if (occurrence === 0)
        throw new Refusal('A9', { zh: '这条告警从未发生过', en: `${alarm.id} has never been raised` });
      if (command.seen && (command.seen.occurrence !== occurrence || level < command.seen.level)) return []; // A6
      if (alarm.state === 'acknowledged' || alarm.state === 'normal') return []; // A3: the first stands, a second is no error
      return draft('alarm.acknowledged', { occurrence, level });
    case 'clear':
      return mayClear(alarm, command.value) ? draft('alarm.cleared', { occurrence, level, value: command.value }) : [];
    case 'withdraw':
      if (!isUp(alarm)) throw new Refusal('A16', { zh: '该告警已解除', en: 'this alarm is over already' });
      return draft('alarm.cleared', { occurrence, level, value: alarm.value, withdrawn: true, reason: command.reason });
    case 'hold': {
      const { terms, station } = command;
      const said = alarm.holds.find((hold) => hold.station === station);
      const known = said ? sameTerms(said.terms, terms) : alarm.holds.some((hold) => sameTerms(hold.terms, terms));
      return isUp(alarm) && !known ? draft('alarm.held', { occurrence, clears: terms }) : [];
    }
    case 'shelve':
      if (occurrence === 0 || alarm.state === 'normal')
        throw new Refusal('A9', { zh: '只有未解除的告警可以搁置', en: 'only an alarm that is up can be shelved' });
      return draft('alarm.shelved', { occurrence, level, minutes: command.minutes, reason: command.reason });
    case 'unshelve':
      if (!alarm.shelved || (command.shelving ?? alarm.shelved.by.event) !== alarm.shelved.by.event) return [];
      return draft('alarm.unshelved', { shelving: alarm.shelved.by.event });
    case 'link':
      if (occurrence === 0)
        throw new Refusal('A9', { zh: '这条告警从未发生过', en: `${alarm.id} has never been raised` });
      if (alarm.incident.length > 0 && !(command.over && isUp(alarm)))
        throw new Refusal('A8', {
          zh: `该告警已转为事件 ${incidentOf(alarm)}`,
          en: `this alarm is already incident ${incidentOf(alarm)}`,
        });
      return draft('alarm.linked', { occurrence, incident: command.incident, seen: seenOf(alarm.incident) });
    case 'join':
      if (alarm.state === 'normal')
        throw new Refusal('A14', {
          zh: '该告警已解除，不能再并入事件',
          en: 'this alarm is over and joins no incident any more',
        });
      if (alarm.incident.length === 1 && incidentOf(alarm) === command.incident) return [];
      return draft('alarm.linked', { occurrence, incident: command.incident, seen: seenOf(alarm.incident) });
    case 'see-conflict':
      if (!alarm.conflicts.some((c) => c.id === command.conflict))
        throw new Refusal('A9', { zh: '没有这条冲突', en: `no conflict ${command.conflict}` });
      return draft('conflict.seen', { conflict: command.conflict });
  }
}
