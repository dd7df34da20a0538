import type { z } from 'zod';
import { own } from '../own.ts';
import { type DocumentKind, type Documents, isReference } from './documents.ts';
import { type EventDraft, kindOf, type LedgerEvent, type Stamp } from './envelope.ts';
import type { Stream } from './stream.ts';

type Body = LedgerEvent['body'];

/** One type of event. */
export interface EventType {
  /** Version that is written, from 1. It is raised when an older reader would misunderstand a body, not when one has a member more. */
  v: number;
  /** The body of this version. A schema of its own: never that of a file's format, which refuses what it does not know. */
  body: z.ZodType;
  /** The member that is a document: its events name it by its hash, or those of a version before carried it. It is not in `body`. */
  refers?: { member: string; to: DocumentKind };
  /** From each older version to the one after it: `{ 1: makes version 2 of it }`. Never edited once released. */
  upcast?: Readonly<Record<number, (body: Body) => Body>>;
}

/** The events of one kind of subject. */
export interface EventFamily {
  /** First part of its subjects: `alarm` for `alarm:…`. */
  kind: string;
  /** The stream they are written to, and the only one they are taken from. */
  stream: Stream;
  /**
   * Types it knows. An event of another type or stream, of a later version, or whose body does not fit, leaves the state as it is: on
   * every station of this version alike, so that an odd event never makes two of them differ.
   */
  events: Readonly<Record<string, EventType>>;
}

/** Types of which there has been one version only. */
export function firstVersions(bodies: Readonly<Record<string, z.ZodType>>): Record<string, EventType> {
  return Object.fromEntries(Object.entries(bodies).map(([type, body]) => [type, { v: 1, body }]));
}

/** What the body refers to, or carries in its place; null where it has neither. */
function referred(
  { member, to }: Required<EventType>['refers'],
  body: Body,
  event: LedgerEvent,
  documents?: Documents,
) {
  const value = body[member];
  if (isReference(value)) return documents?.of(to, value, event) ?? null;
  const carried = to.document.safeParse(value);
  return carried.success ? carried.data : null;
}

/** The body in today's form, what it refers to in its place; null for an event that this version does not understand (L9). */
export function readBody(family: EventFamily, event: LedgerEvent, documents?: Documents): Body | null {
  const known = event.stream === family.stream ? own(family.events, event.type) : undefined;
  if (known === undefined || event.v > known.v) return null;
  try {
    let { body } = event;
    for (let v = event.v; v < known.v; v++) {
      const upcast = known.upcast?.[v];
      if (upcast === undefined) return null;
      body = upcast(body);
    }
    // What the schema read is folded, not what came: members nobody knows do not slip into the state.
    const read = known.body.safeParse(body);
    if (!read.success || !known.refers) return read.success ? (read.data as Body) : null;
    const document = referred(known.refers, body, event, documents);
    return document === null ? null : { ...(read.data as Body), [known.refers.member]: document as Body };
  } catch {
    return null; // A body that its upcaster did not expect.
  }
}

/** Says of each draft where it belongs, from what the families declare. */
export function stamper(families: readonly EventFamily[]): (draft: EventDraft) => Stamp {
  const byKind = new Map(families.map((family) => [family.kind, family]));
  return ({ subject, type }) => {
    const family = byKind.get(kindOf(subject));
    const known = family && own(family.events, type);
    if (!known) throw new TypeError(`no kind of subject declares the event ${type} of ${subject}`);
    return { stream: family.stream, v: known.v };
  };
}
