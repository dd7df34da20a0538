import { z } from 'zod';
import { canonicalJson } from '../ledger/canonical.ts';
import type { Sha256 } from '../ledger/chain.ts';
import { type DocumentKind, documentDraft } from '../ledger/documents.ts';
import type { EventDraft } from '../ledger/envelope.ts';
import { type EventFamily, firstVersions } from '../ledger/family.ts';
import { OPS } from '../ledger/stream.ts';
import { LaunchedPlan } from './launched.ts';
import type { PlanTemplate } from './template.ts';

/** A plan in the ledger: what runs of it refer to. */
export const PLAN_DOCUMENT: DocumentKind = { kind: 'plan', type: 'plan.document', document: LaunchedPlan };

/** Nothing is folded from it; runs take it into their state. */
export const planFamily: EventFamily = {
  kind: PLAN_DOCUMENT.kind,
  stream: OPS,
  events: firstVersions({ [PLAN_DOCUMENT.type]: z.object({ document: z.looseObject({}) }) }),
};

/** SHA-256 of a plan's canonical JSON: what the same plan is called by on every station. */
export function planHash(plan: PlanTemplate, sha256: Sha256): string {
  return sha256(canonicalJson(plan));
}

/** Comes before the first launch of a plan in a chain. */
export function planDraft(plan: PlanTemplate, hash: string, actor: string): EventDraft {
  return documentDraft(PLAN_DOCUMENT, hash, plan, actor);
}
