import { SharedText } from './sharedText.ts';

/** Answers as JSON; those that are the same for everybody are made once. */
export interface Answers {
  /** @param check answers what is told of an answer, or throws */
  json(answer: unknown, check: (answer: unknown) => unknown): SharedText;
}

/**
 * A frozen answer is one that its handler gives to all who ask: a directory of ten thousand sensors is not checked and written out again for
 * each window.
 */
export function createAnswers(): Answers {
  const known = new WeakMap<object, SharedText>();
  return {
    json(answer, check) {
      const forAll = typeof answer === 'object' && answer !== null && Object.isFrozen(answer) ? answer : null;
      const had = forAll && known.get(forAll);
      if (had) return had;
      const json = new SharedText(JSON.stringify(check(answer)));
      if (forAll) known.set(forAll, json);
      return json;
    },
  };
}
