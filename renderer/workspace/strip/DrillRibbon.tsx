import { IconPlayerPlay } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../../desk/act.ts';
import { useStation } from '../../desk/hallData.tsx';
import { useMay } from '../../desk/rights.ts';
import { useWorld } from '../../desk/world.ts';
import { useLang } from '../../i18n/index.ts';
import { useShortcuts } from '../../keys/KeysProvider.tsx';
import { ActionButton } from '../../ui/ActionButton.tsx';
import { countdown } from '../../ui/format.ts';
import styles from './Strip.module.css';

/** Says in amber hatching that this is a drill and not the city. */
export function DrillRibbon() {
  const { t } = useTranslation();
  const { text } = useLang();
  const { act, busy } = useAct();
  const station = useStation();
  const may = useMay();
  const world = useWorld();
  const drill = station?.drill ?? null;
  const beside = world?.kind === 'drill'; // The bar above says that it is a drill, and which.
  const startable = station?.simulated && drill?.state === 'ready' && may.call('drill.start');
  const start = () => void act('drill.start', {});
  useShortcuts(startable ? [{ id: 'drill.start', keys: [], label: 'strip:drill.start', run: start }] : []);
  if (!station?.simulated) return null;
  if (beside && (drill === null || (drill.state === 'ready' && !startable))) return null;
  return (
    <div className={styles.drill}>
      {!beside && <strong>{t('strip:drill.word')}</strong>}
      {drill && (
        <>
          {!beside && <span className={styles.drillName}>{text(drill.name)}</span>}
          {drill.state === 'running' && <span>{countdown(drill.second * 1000)}</span>}
          {drill.state === 'ended' && <span>{t('strip:drill.ended')}</span>}
          {startable && (
            <ActionButton primary icon={<IconPlayerPlay />} busy={busy.has('drill.start')} onClick={start}>
              {t('strip:drill.start')}
            </ActionButton>
          )}
        </>
      )}
    </div>
  );
}
