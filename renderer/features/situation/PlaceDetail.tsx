import { useTranslation } from 'react-i18next';
import type { Selection } from '../../../contract/features/seats.ts';
import { useQuery } from '../../bridge/index.ts';
import { PlacedDetail } from '../../desk/detail/PlacedDetail.tsx';
import { useLang } from '../../i18n/index.ts';

/** A point of the map itself, by its coordinates. */
const POINT = /^-?\d+\.\d+~-?\d+\.\d+$/;

/** A place of the city by its name, or a point of the map. */
export function PlaceDetail({ selection }: { selection: Selection }) {
  const { t } = useTranslation();
  const { text } = useLang();
  const isPoint = POINT.test(selection.id);
  const place = useQuery('places.one', isPoint ? null : { id: selection.id }).rows?.[0];
  const named = place?.id === selection.id ? place : undefined;
  return (
    <PlacedDetail
      selection={selection}
      title={isPoint ? t('situation:point') : named && text(named.name)}
      rows={named ? [[t('detail:fact.unit-kind'), t(`situation:find.${named.kind}`)]] : []}
    />
  );
}
