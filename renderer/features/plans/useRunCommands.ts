import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useTopic } from '../../bridge/index.ts';
import { useActions } from '../../desk/actions.ts';
import { alsoKnown, type Command } from '../../desk/command.ts';
import { useSelect } from '../../desk/DeskProvider.tsx';
import { useLang } from '../../i18n/index.ts';

/** Every run of a plan by name. */
export function useRunCommands(): readonly Command[] {
  const { t } = useTranslation();
  const { text } = useLang();
  const actions = useActions();
  const select = useSelect();
  const runs = useTopic('runs');
  return useMemo(
    () =>
      [...runs.values()].map((run) => ({
        id: `run-${run.id}`,
        kind: t('detail:kind.run'),
        name: text(run.name),
        also: alsoKnown(run.name, run.id),
        hint: `${run.done}/${run.total}`,
        rank: 'first',
        run: () => {
          select({ kind: 'run', id: run.id, at: null });
          actions.focusRegion('plan');
        },
      })),
    [t, text, actions, select, runs],
  );
}
