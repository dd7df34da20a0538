import { createContext, type ReactNode, useContext } from 'react';
import type { Features } from './feature.ts';

const FeaturesContext = createContext<Features | null>(null);

/** Gives the window's features to everything below, so that what they stand on need not import them. */
export function FeaturesProvider({ features, children }: { features: Features; children: ReactNode }) {
  return <FeaturesContext value={features}>{children}</FeaturesContext>;
}

/** @throws Error outside a FeaturesProvider */
export function useFeatures(): Features {
  const features = useContext(FeaturesContext);
  if (features === null) throw new Error('features need a <FeaturesProvider> above them');
  return features;
}
