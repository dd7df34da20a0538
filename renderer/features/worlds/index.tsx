import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useTopic } from '../../bridge/index.ts';
import { alsoKnown, type Command } from '../../desk/command.ts';
import { defineFeature } from '../../desk/feature.ts';
import { useMay } from '../../desk/rights.ts';
import { useWorld } from '../../desk/world.ts';
import { useScripts, useWorldActions } from '../../desk/worldActions.ts';
import { useLang } from '../../i18n/index.ts';

export default defineFeature({
  name: 'worlds',
  useCommands() {
    const { t } = useTranslation();
    const { text } = useLang();
    const { actions } = useWorldActions();
    const scripts = useScripts(true);
    const worlds = useTopic('worlds');
    const here = useWorld()?.id;
    const may = useMay().call('worlds.end');
    return useMemo(() => {
      const kind = t('common:palette.kind.action');
      const nameOf = (name: { zh: string; en: string } | null, id: string) => (name ? text(name) : id);
      const commands: Command[] = scripts.map(({ script, name }) => ({
        ...{ id: `world-begin-${script}`, kind, name: t('worlds:begin', { name: text(name) }) },
        also: alsoKnown(name, `drill 演练 ${script}`),
        run: () => void actions.begin(script),
      }));
      for (const { id, kind: of, name, state } of worlds.values()) {
        if (state !== 'open') continue;
        const also = `${name ? alsoKnown(name, id) : id} world drill 演练 实战`;
        if (id !== here)
          commands.push({
            ...{ id: `world-join-${id}`, kind, also },
            name: of === 'live' ? t('worlds:leave') : t('worlds:join', { name: nameOf(name, id) }),
            run: () => actions.join(id),
          });
        if (of === 'drill' && may)
          commands.push({
            ...{ id: `world-end-${id}`, kind, also, name: t('worlds:end', { name: nameOf(name, id) }) },
            run: () => void actions.end(id),
          });
      }
      return commands;
    }, [t, text, actions, scripts, worlds, here, may]);
  },
});
