import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useBridge, useConnection } from '../bridge/index.ts';
import { leaveEnded, readWorld } from '../desk/world.ts';
import { ActionButton } from '../ui/ActionButton.tsx';
import { Age } from '../ui/Age.tsx';
import styles from './Gate.module.css';

/** Until the hall has been there once there is nothing to show: says what is being waited for, or asks for the token. */
export function Gate({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const bridge = useBridge();
  const connection = useConnection();
  const [token, setToken] = useState('');
  const gone = connection.error?.code === 'no-world' ? readWorld(window.location.search) : null;
  useEffect(() => {
    if (gone !== null) leaveEnded({ world: gone, name: bridge.welcome()?.world.name ?? null }, window);
  }, [bridge, gone]);
  if (connection.state === 'open' || connection.state === 'lost') return children;
  const refused = connection.state === 'refused';
  const wantsToken = refused && connection.error?.code === 'unauthorised';
  // The hall's own sentence, in this window's language: what is wrong with the address.
  const told = refused && connection.error?.code === 'refused' ? connection.error.message : null;
  return (
    <main className={styles.gate}>
      <div className={styles.gateCard} role="status">
        <h1>{t(refused ? 'common:connection.refused' : 'common:connection.connecting')}</h1>
        <p>
          {told ??
            t(
              wantsToken
                ? 'common:connection.token-why'
                : refused
                  ? 'common:connection.refused-why'
                  : 'common:connection.connecting-why',
            )}
        </p>
        {connection.error && told === null && <p>{t(`common:error.${connection.error.code}`)}</p>}
        {wantsToken && (
          <form
            className={styles.gateForm}
            onSubmit={(event) => {
              event.preventDefault();
              if (token.trim() !== '') bridge.setToken(token);
            }}
          >
            <input
              aria-label={t('common:connection.token')}
              placeholder={t('common:connection.token')}
              value={token}
              onChange={(event) => setToken(event.currentTarget.value)}
            />
            <ActionButton primary large onClick={() => token.trim() !== '' && bridge.setToken(token)}>
              {t('common:connection.enter')}
            </ActionButton>
          </form>
        )}
        {!refused && (
          <p>
            {t('common:connection.since')} <Age since={connection.since} />
          </p>
        )}
        {!wantsToken && (
          <div>
            <ActionButton onClick={() => bridge.reconnect()}>{t('common:connection.now')}</ActionButton>
          </div>
        )}
      </div>
    </main>
  );
}
