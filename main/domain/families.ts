import type { EventFamily } from '../../core/ledger/family.ts';
import { auditFamily } from '../../core/people/audit.ts';
import { planFamily } from '../../core/plans/document.ts';
import { KINDS } from './kinds.ts';

/** Every kind of event that this version writes. */
export const FAMILIES: readonly EventFamily[] = [
  ...Object.values(KINDS).map((kind) => kind.aggregate),
  planFamily,
  auditFamily,
];
