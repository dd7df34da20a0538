import type { EventDraft, Json } from '../ledger/envelope.ts';
import { seenOf } from '../ledger/register.ts';
import { Refusal } from '../refusal.ts';
import { holds, incidentOfWarning, type Warning } from './warning.ts';

export type WarningCommand =
  | { do: 'acknowledge'; actor: string }
  | { do: 'link'; incident: string; actor: string }
  /** `now`: wall ms. */
  | { do: 'check-time'; now: number; actor: string }
  | { do: 'see-conflict'; conflict: string; actor: string };

/** @throws Refusal naming the rule of SPEC.md that stands against the command. */
export function decideWarning(warning: Warning, command: WarningCommand): EventDraft[] {
  const draft = (type: string, body: { [key: string]: Json }): EventDraft[] => [
    { type, subject: warning.id, actor: command.actor, body },
  ];
  if (command.do === 'check-time')
    return warning.said !== null && holds(warning) && warning.said.until <= command.now
      ? draft('warning.ended', { how: 'expired', by: null })
      : [];
  if (warning.said === null || warning.said.does === 'cancel')
    throw new Refusal('N7', { zh: '没有这条预警', en: `there is no warning ${warning.id}` });
  switch (command.do) {
    case 'acknowledge':
      return warning.acknowledged ? [] : draft('warning.acknowledged', {});
    case 'link':
      if (warning.incident.length > 0)
        throw new Refusal('N6', {
          zh: `该预警已转为事件 ${incidentOfWarning(warning)}`,
          en: `this warning is already incident ${incidentOfWarning(warning)}`,
        });
      return draft('warning.linked', { incident: command.incident, seen: seenOf(warning.incident) });
    case 'see-conflict':
      if (!warning.conflicts.some(({ id }) => id === command.conflict))
        throw new Refusal('N7', { zh: '没有这条冲突', en: `no conflict ${command.conflict}` });
      return draft('conflict.seen', { conflict: command.conflict });
  }
}

/** Whether it waits for somebody to acknowledge it (N5). */
export function waitsForSomebody(warning: Warning): boolean {
  return holds(warning) && warning.asks && warning.acknowledged === null;
}
