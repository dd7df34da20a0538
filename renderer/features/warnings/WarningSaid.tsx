import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { NUMERAL } from '../../../core/words.ts';
import { SaidAtOnce } from '../../desk/sound/SaidAtOnce.tsx';
import { useCalling } from './useWarnings.ts';
import { useWarningWords } from './useWarningWords.ts';

/** Says new warnings of levels I and II to a screen reader. */
export function WarningSaid() {
  const { t } = useTranslation();
  const calling = useCalling();
  const { titleOf } = useWarningWords();
  const things = useMemo(
    () =>
      calling.map((warning) => ({
        key: warning.id,
        words: t('warnings:said-at-once', {
          ...{ level: NUMERAL[warning.level], colour: t(`warnings:colour.${warning.level}`), what: titleOf(warning) },
        }),
      })),
    [calling, t, titleOf],
  );
  return <SaidAtOnce things={things} />;
}
