import type { Outcome } from '../../contract/features/rejects.ts';
import type { Issue } from '../config/issue.ts';
import type { FeedBatch, FeedSink } from './feed.ts';

/** Faults of one message that are told. */
const TOLD = 40;

/** Of a message in which everything is right, and nothing is wanted. */
export const UNASKED: Issue = {
  path: 'messages',
  message: {
    zh: '报文中没有 messages 要取的内容',
    en: 'nothing of the message is asked for by `messages`',
  },
  remedy: {
    zh: '请核对数据源文件中的 messages 与其中的 only',
    en: "Check `messages`, and `only` in it, in the feed's file.",
  },
};

/** Nothing of a message that is put through again could be taken. */
export function nothingOf(fault: Issue): Outcome {
  return { taken: 0, known: 0, late: 0, rejected: 1, faults: [told(fault)] };
}

/**
 * Delivers what was read of a message that is put through again.
 *
 * @param refused what could not be read of it: how many, and some of them described
 */
export function deliverAgain(
  sink: FeedSink,
  batch: FeedBatch,
  refused: { readonly count: number; readonly faults: readonly Issue[] },
): Outcome {
  const records = batch.observations.length + batch.units.length;
  const { rejected, late, faults, known = 0 } = sink.push(batch, true);
  return {
    ...{ taken: records - rejected - late - known, known, late, rejected: refused.count + rejected },
    faults: [...refused.faults, ...faults].slice(0, TOLD).map(told),
  };
}

function told({ path, message, remedy }: Issue): Outcome['faults'][number] {
  return { path, message, remedy };
}
