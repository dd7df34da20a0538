import { IconReload } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../../desk/act.ts';
import { ActionButton } from '../../ui/ActionButton.tsx';

/** A second press within so long is meant: after it every window of the hall goes away for some seconds. */
const SURE_MS = 10_000;

/** Asks for a second press. The word is asked for once: of two things one press counts for one. */
export function useSure(): { asked: string | null; press: (what: string, act: () => void) => void } {
  const [asked, setAsked] = useState<string | null>(null);
  useEffect(() => {
    if (asked === null) return;
    const timer = setTimeout(() => setAsked(null), SURE_MS);
    return () => clearTimeout(timer);
  }, [asked]);
  const press = (what: string, act: () => void) => {
    setAsked(asked === what ? null : what);
    if (asked === what) act();
  };
  return { asked, press };
}

export interface Reload {
  readonly asked: boolean;
  readonly busy: boolean;
  readonly failure: unknown;
  press(): void;
}

/** Reading the files again, by two presses. */
export function useReload(): Reload {
  const { act, busy, failure } = useAct({ beside: true });
  const { asked, press } = useSure();
  return {
    ...{ asked: asked !== null, busy: busy.has('setup.reload'), failure },
    press: () => press('reload', () => void act('setup.reload', {})),
  };
}

export function LoadFiles({ reload, primary }: { reload: Reload; primary: boolean }) {
  const { t } = useTranslation();
  return (
    <ActionButton
      primary={primary}
      icon={<IconReload />}
      busy={reload.busy}
      onClick={reload.press}
      title={t('setup:reload-why')}
    >
      {t(reload.asked ? 'setup:reload-sure' : 'setup:reload')}
    </ActionButton>
  );
}
