import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useFeatures } from '../../desk/FeaturesProvider.tsx';

/** A scene by the name of its region, also one that this version does not have. */
export function useSceneName(): (scene: string) => string {
  const { t } = useTranslation();
  const features = useFeatures();
  return useCallback((scene) => (features.has(scene) ? t(features.region(scene).title) : scene), [t, features]);
}

/** Parts of a line that say something, with dots between. */
export function line(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(' · ');
}
