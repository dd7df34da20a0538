import { IconVolume, IconVolumeOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useShortcuts } from '../../keys/KeysProvider.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { countdown } from '../../ui/format.ts';
import { useNow } from '../../ui/ticker.tsx';
import { useAct } from '../act.ts';
import { useDesk } from '../DeskProvider.tsx';
import { useForm } from '../DraftsProvider.tsx';
import { ReasonForm } from '../ReasonForm.tsx';
import { heardNow, type Sound } from './hearing.ts';
import styles from './SoundBar.module.css';
import { useMute } from './useMute.ts';

/** i18n keys of what it is that sounds: it does, it does although others are muted, it does no more. */
export interface SoundWords {
  readonly sounding: string;
  readonly anew: string;
  readonly silent: string;
}

/** What is to be heard and is not, or may be muted: says so in one line, in every window that sounds. */
export function SoundBar({ sounds, words }: { sounds: readonly Sound[]; words: SoundWords }) {
  const { t } = useTranslation();
  const { act, busy, failure } = useAct({ beside: true });
  const blocked = useDesk((state) => state.soundBlocked);
  const mute = useMute();
  const now = useNow();
  const muting = useForm('sound', 'mute', t('common:sound.mute-why'));
  const sounding = useDesk((state) => state.hearing.repeat !== null);

  const unmute = () => void act('seat.unmute', {});
  const silent = mute !== null && !sounding;
  useShortcuts(
    silent
      ? [{ id: 'sound.unmute', keys: [], label: 'common:sound.unmute', run: unmute }]
      : sounding && !muting.open
        ? [{ id: 'sound.mute', keys: [], label: 'common:sound.mute-2min', run: muting.show }]
        : [],
  );

  if (muting.open) {
    return (
      <ReasonForm
        form={muting}
        label={t('common:sound.mute-why')}
        submit={t('common:sound.mute')}
        busy={busy.has('seat.mute')}
        over={sounding ? null : t(mute ? 'common:sound.muted-already' : words.silent)}
        failure={failure}
        onSubmit={async (reason) => (await act('seat.mute', { heard: heardNow(sounds), reason })) !== undefined}
      />
    );
  }
  if (mute && silent) {
    return (
      <div className={styles.soundBar} role="status">
        <IconVolumeOff size="1rem" aria-hidden="true" />
        <span className={styles.soundText}>
          {t('common:sound.muted', { left: countdown(mute.until - now), reason: mute.reason })}
        </span>
        <button type="button" className={styles.link} onClick={unmute}>
          {t('common:sound.unmute')}
        </button>
        {failure !== null && <ErrorNote error={failure} reveal />}
      </div>
    );
  }
  if (!sounding) return null;
  return (
    <div className={styles.soundBar} role="status" data-tone={blocked ? 'blocked' : undefined}>
      {blocked ? <IconVolumeOff size="1rem" aria-hidden="true" /> : <IconVolume size="1rem" aria-hidden="true" />}
      <span className={styles.soundText}>
        {t(blocked ? 'common:sound.blocked' : mute ? words.anew : words.sounding)}
      </span>
      <button type="button" className={styles.link} onClick={muting.show}>
        {t('common:sound.mute-2min')}
      </button>
    </div>
  );
}
