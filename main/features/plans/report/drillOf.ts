import { OPS, type Stream } from '../../../../core/ledger/stream.ts';
import type { Text } from '../../../../core/words.ts';
import type { Kernel } from '../../../kernel/kernel.ts';

/** That what is told happened in a drill. */
export interface OfDrill {
  /** As its script has it; null where that is not known. */
  readonly name: Text | null;
}

/**
 * Whether what a world holds happened in a drill: it was opened as one, it is the record of one, or its city is the drill's. Null for live
 * work.
 *
 * @param world.stream that the world is written to
 */
export function drillOf({
  world,
  stream,
  simulated,
  strip,
}: {
  world: Pick<Kernel['world'], 'kind' | 'name'>;
  stream: Stream;
  simulated: boolean;
  strip: Pick<Kernel['strip'], 'parts'>;
}): OfDrill | null {
  if (world.kind === 'drill') return { name: world.name };
  if (stream !== OPS) return { name: null };
  return simulated ? { name: strip.parts().drill?.name ?? null } : null;
}
