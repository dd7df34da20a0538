import { IconVolume, IconVolumeOff } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useTopic } from '../../bridge/index.ts';
import { countdown } from '../../ui/format.ts';
import { ReasonForm } from '../../ui/ReasonForm.tsx';
import { useNow } from '../../ui/ticker.tsx';
import { useActions } from '../../workspace/actions.ts';
import { useDesk, useDeskStore } from '../../workspace/DeskProvider.tsx';
import styles from './AlarmQueue.module.css';
import { hearing } from './sound.ts';

const NONE: ReadonlySet<string> = new Set();

/** What is to be heard and is not, or may be muted: says so in one line above the queue. */
export function SoundBar() {
  const { t } = useTranslation();
  const desk = useDeskStore();
  const actions = useActions();
  const alarms = useTopic('alarms');
  const blocked = useDesk((state) => state.soundBlocked);
  const muted = useDesk((state) => state.muted);
  const now = useNow();
  const [asking, setAsking] = useState(false);
  const sounding = hearing(alarms.values(), NONE).repeat !== null;

  if (muted && muted.until > now) {
    return (
      <div className={styles.soundBar} role="status">
        <IconVolumeOff size="1rem" aria-hidden="true" />
        <span className={styles.soundText}>
          {t('alarms:sound.muted', { left: countdown(muted.until - now), reason: muted.reason })}
        </span>
        <button type="button" className={styles.link} onClick={() => desk.getState().set({ muted: null })}>
          {t('alarms:sound.unmute')}
        </button>
      </div>
    );
  }
  if (!sounding) return null;
  if (asking) {
    return (
      <ReasonForm
        label={t('alarms:sound.mute-why')}
        submit={t('alarms:sound.mute')}
        onSubmit={(reason) => {
          actions.mute(reason);
          setAsking(false);
        }}
        onCancel={() => setAsking(false)}
      />
    );
  }
  return (
    <div className={styles.soundBar} role="status" data-tone={blocked ? 'blocked' : undefined}>
      {blocked ? <IconVolumeOff size="1rem" aria-hidden="true" /> : <IconVolume size="1rem" aria-hidden="true" />}
      <span className={styles.soundText}>{t(blocked ? 'alarms:sound.blocked' : 'alarms:sound.sounding')}</span>
      <button type="button" className={styles.link} onClick={() => setAsking(true)}>
        {t('alarms:sound.mute-2min')}
      </button>
    </div>
  );
}
