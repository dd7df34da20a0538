import { useFeatures } from '../FeaturesProvider.tsx';
import type { Selection } from '../selection.ts';
import { useSubject } from '../useSubject.ts';

/** What other features have to say of a thing, at the foot of its detail. */
export function DetailSections({ of }: { of: Selection['kind'] }) {
  const subject = useSubject();
  return useFeatures()
    .sections(of)
    .map(({ name, section: Section }) => <Section key={name} subject={subject} />);
}
