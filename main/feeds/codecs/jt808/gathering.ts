import type { Issue } from '../../../config/issue.ts';
import { type CodecFault, type CodecRecord, DESCRIBED, type Decoded } from '../codec.ts';

/** What comes of one arrival of bytes, as it fills. */
export interface Gathering extends Decoded {
  messages: number;
  sentAt: number | null;
  readonly records: CodecRecord[];
  readonly replies: Uint8Array[];
  readonly faults: CodecFault[];
  refused: number;
}

export function createGathering(): Gathering {
  return { messages: 0, sentAt: null, records: [], replies: [], faults: [], refused: 0 };
}

/** Counts a refusal. Its sentence is made only where it is kept: a flood of refusals shall cost no more than counting. */
export function refuse(gathering: Gathering, issue: () => Issue, excerpt: () => string): void {
  gathering.refused++;
  if (gathering.faults.length < DESCRIBED) gathering.faults.push({ ...issue(), excerpt: excerpt() });
}
