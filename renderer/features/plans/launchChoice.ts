import type { PlanOffer } from '../../../contract/features/plans.ts';

/** Which plan is chosen before a person chose one: the first that fits. Null where none does: nothing is launched by Enter alone. */
export function firstChoice(offers: readonly Pick<PlanOffer, 'fits'>[]): number | null {
  const index = offers.findIndex(({ fits }) => fits);
  return index === -1 ? null : index;
}

/** Where the arrows go among so many plans; from no choice to the first. */
export function movedChoice(count: number, index: number | null, by: 1 | -1): number | null {
  if (count === 0) return null;
  return index === null ? 0 : Math.min(count - 1, Math.max(0, index + by));
}

/**
 * What a press on the chosen plan comes to. One that does not fit is launched by a second press, after it was said what does not fit.
 * @param asked whether that was said of this very plan
 */
export function launchPress(
  offer: Pick<PlanOffer, 'fits' | 'running'> | undefined,
  asked: boolean,
): 'none-chosen' | 'runs-already' | 'ask' | 'launch' {
  if (!offer) return 'none-chosen';
  if (offer.running) return 'runs-already';
  return offer.fits || asked ? 'launch' : 'ask';
}
