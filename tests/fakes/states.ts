import { createDocuments } from '../../core/ledger/documents.ts';
import { kindOf, type LedgerEvent } from '../../core/ledger/envelope.ts';
import { foldSubject } from '../../core/ledger/projection.ts';
import { DECLARED, type DomainRig } from './domainRig.ts';

const AGGREGATES = DECLARED.kinds.map(({ aggregate }) => aggregate);

/** None for what nothing is folded of: a plan's document. */
const aggregateOf = (subject: string) => AGGREGATES.find(({ kind }) => kind === kindOf(subject));

/** Every subject of the kind that anything was written about, in the order of their first events. */
export function subjectsOf({ ledger }: Pick<DomainRig, 'ledger'>, kind?: string): string[] {
  const subjects = new Set([...ledger.all()].map((event) => event.subject));
  return [...subjects].filter((subject) => kind === undefined || kindOf(subject) === kind);
}

/** Every aggregate's state as a hall has it, in one text: equal only when byte for byte equal. */
export function statesOf(rig: Pick<DomainRig, 'ledger' | 'domain'>): string {
  const folded = subjectsOf(rig).filter(aggregateOf);
  const states = folded.map((subject) => `${subject} ${JSON.stringify(rig.domain.state(subject))}`);
  return states.sort().join('\n');
}

/** The same folded from nothing but the ledger. */
export function foldedStates({ ledger }: Pick<DomainRig, 'ledger'>): string {
  const documents = createDocuments((subject) => bySubject.get(subject) ?? []);
  const bySubject = new Map<string, LedgerEvent[]>();
  for (const event of ledger.all()) bySubject.set(event.subject, [...(bySubject.get(event.subject) ?? []), event]);
  const states = [...bySubject].flatMap(([subject, events]) => {
    const aggregate = aggregateOf(subject);
    if (!aggregate) return [];
    return `${subject} ${JSON.stringify(foldSubject(aggregate, undefined, documents)(subject, events)?.state)}`;
  });
  return states.sort().join('\n');
}
