import { useTranslation } from 'react-i18next';
import type { Selection } from '../../../contract/features/seats.ts';
import { useUnitReports } from '../../bridge/index.ts';
import type { FactRow } from '../../desk/detail/Facts.tsx';
import { PlacedDetail } from '../../desk/detail/PlacedDetail.tsx';
import { useDirectory } from '../../desk/hallData.tsx';
import { useDepartmentName } from '../../desk/words.ts';
import { Age } from '../../ui/Age.tsx';
import { clockTime } from '../../ui/format.ts';
import { compass, kilometresAnHour, STALE_AFTER_S } from './report.ts';
import { useUnitWords } from './useUnitWords.ts';

/** One unit: whose it is, of what kind, what it does, and where it is now by its own report. */
export function UnitDetail({ selection }: { selection: Selection }) {
  const { t } = useTranslation();
  const unit = useDirectory().units.get(selection.id);
  const departmentName = useDepartmentName();
  const words = useUnitWords();
  const newest = useUnitReports(selection.id)?.newest ?? null;
  const reported: readonly FactRow[] = newest
    ? [
        [t('units:fact.status'), words.status(newest.status)],
        [t('units:fact.speed'), `${kilometresAnHour(newest.speed)} km/h`],
        [
          t('units:fact.heading'),
          `${t(`units:compass.${compass(newest.heading)}`)} ${Math.round(newest.heading) % 360}°`,
        ],
        [
          t('units:fact.reported'),
          <span key="at">
            {clockTime(newest.t)} · <Age since={newest.t} staleAfterMs={STALE_AFTER_S * 1000} />
            {t('common:time.ago')}
          </span>,
        ],
      ]
    : [[t('units:fact.status'), t('units:no-report')]];
  return (
    <PlacedDetail
      selection={newest ? { ...selection, at: { lon: newest.lon, lat: newest.lat } } : selection}
      title={unit?.callSign}
      rows={[
        ...(unit
          ? ([
              [t('detail:fact.department'), departmentName(unit.department)],
              [t('detail:fact.unit-kind'), words.kind(unit.kind)],
            ] as const)
          : []),
        ...reported,
      ]}
    />
  );
}
