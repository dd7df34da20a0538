import { useTranslation } from 'react-i18next';
import type { Selection } from '../../../contract/features/seats.ts';
import { PlacedDetail } from '../../desk/detail/PlacedDetail.tsx';
import { useDirectory } from '../../desk/hallData.tsx';
import { useDepartmentName } from '../../desk/words.ts';

/** One unit: its call sign, whose it is, of what kind. */
export function UnitDetail({ selection }: { selection: Selection }) {
  const { t } = useTranslation();
  const unit = useDirectory().units.get(selection.id);
  const departmentName = useDepartmentName();
  return (
    <PlacedDetail
      selection={selection}
      title={unit?.callSign}
      rows={
        unit
          ? [
              [t('detail:fact.department'), departmentName(unit.department)],
              [t('detail:fact.unit-kind'), unit.kind],
            ]
          : []
      }
    />
  );
}
