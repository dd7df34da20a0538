import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';

/** An incident's kind in words; the id itself where there is no word. */
export function useKindName(): (type: string) => string {
  const { t, i18n } = useTranslation();
  return useCallback((type) => (i18n.exists(`detail:type.${type}`) ? t(`detail:type.${type}`) : type), [t, i18n]);
}

/** The kinds that there are words for. */
export function useKinds(): readonly string[] {
  const { i18n } = useTranslation();
  const known: unknown = i18n.getResource('zh-CN', 'detail', 'type');
  return typeof known === 'object' && known !== null ? Object.keys(known) : [];
}
