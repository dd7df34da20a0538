import type { EventDraft, Json } from '../ledger/envelope.ts';
import { seenOf } from '../ledger/register.ts';
import { own } from '../own.ts';
import { Refusal } from '../refusal.ts';
import type { Level, Place, Text } from '../words.ts';
import { isOlder } from './end.ts';
import { type Caller, type Incident, levelOf, ownerOf } from './incident.ts';

/** What a new incident is made of. */
export interface Opening {
  type: string;
  title: Text;
  place: Place;
  level: Level;
  alarm: string | null;
  after?: string;
  words?: string;
  caller?: Caller;
}

export type IncidentCommand =
  | ({ do: 'open'; actor: string } & Opening)
  | { do: 'take'; actor: string }
  | { do: 'join'; alarm: string; actor: string }
  | { do: 'merge'; into: Pick<Incident, 'id' | 'openedAt' | 'state'>; actor: string }
  | { do: 'split'; actor: string }
  | { do: 'reopen'; reason: string; actor: string }
  | { do: 'set-level'; level: Level; reason: string; actor: string }
  | { do: 'note'; text: string; actor: string }
  | { do: 'launch-plan'; plan: string; run: string; actor: string }
  | { do: 'close'; reason: string; actor: string }
  | { do: 'see-conflict'; conflict: string; actor: string };

const SPLIT_FIRST: Text = {
  zh: '事件已并入另一事件；请在那里处理，或先拆分出来',
  en: 'the incident is part of another; work on that one, or split this one off first',
};

/** @throws Refusal naming the rule of SPEC.md that stands against the command. */
export function decideIncident(incident: Incident, command: IncidentCommand): EventDraft[] {
  const draft = (type: string, body: { [key: string]: Json }): EventDraft[] => [
    { type, subject: incident.id, actor: command.actor, body },
  ];
  if (command.do === 'open') {
    if (incident.state !== 'unknown') return [];
    const { do: _, actor: __, ...opening } = command;
    return draft('incident.opened', opening as unknown as { [key: string]: Json });
  }
  if (incident.state === 'unknown')
    throw new Refusal('I5', { zh: `没有事件 ${incident.id}`, en: `there is no incident ${incident.id}` });
  if (command.do === 'see-conflict') {
    if (!incident.conflicts.some((c) => c.id === command.conflict))
      throw new Refusal('I5', { zh: '没有这条冲突', en: `no conflict ${command.conflict}` });
    return draft('conflict.seen', { conflict: command.conflict });
  }
  const seen = seenOf(incident.end);
  if (command.do === 'reopen') {
    if (incident.state === 'open') return [];
    if (incident.state === 'merged') throw new Refusal('I9', SPLIT_FIRST);
    return draft('incident.reopened', { reason: command.reason, seen });
  }
  if (command.do === 'split') {
    if (incident.state !== 'merged')
      throw new Refusal('I9', { zh: '事件没有并入其他事件', en: 'the incident is not part of another' });
    return draft('incident.split', { seen });
  }
  if (incident.state === 'merged') throw new Refusal('I9', SPLIT_FIRST);
  if (incident.state === 'closed')
    throw new Refusal('I5', {
      zh: '事件已结束；可说明理由重新打开，或另立事件',
      en: 'the incident is closed; open it again with a reason, or open a new one',
    });
  switch (command.do) {
    case 'take':
      return ownerOf(incident) === command.actor && incident.owner.length === 1
        ? []
        : draft('incident.taken', { seen: seenOf(incident.owner) });
    case 'join':
      return command.alarm === incident.alarm || incident.joined.includes(command.alarm)
        ? []
        : draft('incident.alarm-joined', { alarm: command.alarm });
    case 'merge': {
      const { id, openedAt, state } = command.into;
      if (state !== 'open')
        throw new Refusal('I9', {
          zh: '只能与未结的事件合并',
          en: 'only incidents that are open can be merged',
        });
      if (!isOlder({ id, openedAt }, incident))
        throw new Refusal('I9', {
          zh: '后立的事件并入先立的事件',
          en: 'of two incidents the one opened later goes into the one opened earlier',
        });
      return draft('incident.merged', { into: { id, openedAt }, seen });
    }
    case 'set-level':
      if (incident.level.length === 1 && levelOf(incident).value === command.level) return [];
      return draft('incident.level-changed', {
        level: command.level,
        reason: command.reason,
        seen: seenOf(incident.level),
      });
    case 'note':
      return draft('incident.noted', { text: command.text });
    case 'launch-plan': {
      const { plan, run } = command;
      return draft('incident.plan-launched', { plan, run, seen: seenOf(own(incident.plans, plan) ?? []) });
    }
    case 'close':
      return draft('incident.closed', { reason: command.reason, seen });
  }
}
