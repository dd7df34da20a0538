import { IconVolume, IconVolumeOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useTopic } from '../../bridge/index.ts';
import { useAct } from '../../desk/act.ts';
import { useDesk } from '../../desk/DeskProvider.tsx';
import { useForm } from '../../desk/DraftsProvider.tsx';
import { ReasonForm } from '../../desk/ReasonForm.tsx';
import { countdown } from '../../ui/format.ts';
import { useNow } from '../../ui/ticker.tsx';
import styles from './AlarmQueue.module.css';
import { heardNow, hearing } from './sound.ts';
import { useMute } from './useMute.ts';

const NONE: ReadonlySet<string> = new Set();

/** What is to be heard and is not, or may be muted: says so in one line, in every window that sounds. */
export function SoundBar() {
  const { t } = useTranslation();
  const { act, busy, failure } = useAct({ beside: true });
  const alarms = useTopic('alarms');
  const blocked = useDesk((state) => state.soundBlocked);
  const mute = useMute();
  const now = useNow();
  const muting = useForm('sound', 'mute', t('alarms:sound.mute-why'));
  const sounding = hearing(alarms.values(), NONE, mute, now).repeat !== null;

  if (muting.open) {
    return (
      <ReasonForm
        form={muting}
        label={t('alarms:sound.mute-why')}
        submit={t('alarms:sound.mute')}
        busy={busy.has('seat.mute')}
        over={sounding ? null : t(mute ? 'alarms:sound.muted-already' : 'alarms:sound.silent')}
        failure={failure}
        onSubmit={async (reason) =>
          (await act('seat.mute', { heard: heardNow(alarms.values()), reason })) !== undefined
        }
      />
    );
  }
  if (mute && !sounding) {
    return (
      <div className={styles.soundBar} role="status">
        <IconVolumeOff size="1rem" aria-hidden="true" />
        <span className={styles.soundText}>
          {t('alarms:sound.muted', { left: countdown(mute.until - now), reason: mute.reason })}
        </span>
        <button type="button" className={styles.link} onClick={() => void act('seat.unmute', {})}>
          {t('alarms:sound.unmute')}
        </button>
      </div>
    );
  }
  if (!sounding) return null;
  return (
    <div className={styles.soundBar} role="status" data-tone={blocked ? 'blocked' : undefined}>
      {blocked ? <IconVolumeOff size="1rem" aria-hidden="true" /> : <IconVolume size="1rem" aria-hidden="true" />}
      <span className={styles.soundText}>
        {t(blocked ? 'alarms:sound.blocked' : mute ? 'alarms:sound.sounding-anew' : 'alarms:sound.sounding')}
      </span>
      <button type="button" className={styles.link} onClick={muting.show}>
        {t('alarms:sound.mute-2min')}
      </button>
    </div>
  );
}
