import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useFeatures } from '../../desk/FeaturesProvider.tsx';
import type { Subject } from '../../desk/subject.ts';
import { useWhatAndWhere } from '../../desk/words.ts';
import { useLang } from '../../i18n/index.ts';

/** A scene by the name of its region, also one that this version does not have. */
export function useSceneName(): (scene: string) => string {
  const { t } = useTranslation();
  const features = useFeatures();
  return useCallback((scene) => (features.has(scene) ? t(features.region(scene).title) : scene), [t, features]);
}

/** What is selected, in a line; empty for nothing and for what has no name. */
export function useSubjectName(): (subject: Subject) => string {
  const { text } = useLang();
  const whatAndWhere = useWhatAndWhere();
  return useCallback(
    ({ incident, alarm, sensor, camera }) => {
      const answered = incident ?? alarm;
      if (answered) return whatAndWhere(answered);
      const named = sensor ?? camera;
      return named ? text(named.name) : '';
    },
    [text, whatAndWhere],
  );
}

/** Parts of a line that say something, with dots between. */
export function line(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(' · ');
}
