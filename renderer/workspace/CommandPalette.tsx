import { useEffect, useId, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Command } from '../desk/command.ts';
import { useDesk, useDeskStore } from '../desk/DeskProvider.tsx';
import { Kbd } from '../ui/Kbd.tsx';
import { useCommands } from './commands.ts';
import { best } from './fuzzy.ts';
import styles from './Overlay.module.css';

const MOST = 40;

/** Everything by name, over the map, never over an alarm. */
export function CommandPalette() {
  const open = useDesk((desk) => desk.palette === 'open');
  return open ? <Open /> : null;
}

function Open() {
  const { t } = useTranslation();
  const desk = useDeskStore();
  const [query, setQuery] = useState('');
  const commands = useCommands(query);
  const [marked, setMarked] = useState(0);
  const list = useId();
  const input = useRef<HTMLInputElement>(null);
  const before = useRef(document.activeElement);
  const found = useMemo(
    () => best(query, commands, (command) => `${command.name} ${command.also} ${command.kind}`, MOST),
    [query, commands],
  );
  const current = found[Math.min(marked, found.length - 1)];

  useEffect(() => {
    input.current?.focus();
    const back = before.current;
    return () => {
      if (back instanceof HTMLElement) back.focus();
    };
  }, []);
  useEffect(() => {
    document.querySelector(`[id="${list}"] [aria-selected=true]`)?.scrollIntoView({ block: 'nearest' });
  });

  const close = () => desk.getState().set({ palette: 'closed' });
  const run = (command: Command | undefined) => {
    if (!command) return;
    close();
    // After the focus has gone back to where it was.
    setTimeout(command.run, 0);
  };

  return (
    <div className={styles.palette} role="dialog" aria-label={t('common:palette.title')}>
      <input
        ref={input}
        className={styles.paletteInput}
        role="combobox"
        aria-expanded="true"
        aria-controls={list}
        aria-activedescendant={current ? `${list}-${current.id}` : undefined}
        aria-label={t('common:palette.title')}
        placeholder={t('common:palette.placeholder')}
        value={query}
        onChange={(event) => {
          setQuery(event.currentTarget.value);
          setMarked(0);
        }}
        onBlur={close}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return;
          const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
          if (move !== undefined) setMarked((at) => Math.min(found.length - 1, Math.max(0, at + move)));
          else if (event.key === 'Enter') run(current);
          else if (event.key === 'Escape') close();
          else return;
          event.preventDefault();
        }}
      />
      {/* biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: the combobox's list */}
      <ul className={styles.paletteList} role="listbox" id={list} aria-label={t('common:palette.title')}>
        {found.length === 0 && <li className={styles.paletteHint}>{t('common:palette.none')}</li>}
        {found.map((command) => (
          // biome-ignore lint/a11y/useFocusableInteractive: the combobox keeps the focus
          // biome-ignore lint/a11y/useKeyWithClickEvents: the combobox hears the keys
          <li
            key={command.id}
            id={`${list}-${command.id}`}
            className={styles.paletteItem}
            // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: an option of the combobox's list
            role="option"
            aria-selected={command === current}
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => run(command)}
          >
            <span className={styles.paletteKind}>{command.kind}</span>
            <span className={styles.paletteName}>{command.name}</span>
            {command.keys ? <Kbd keys={command.keys} /> : <span className={styles.paletteHint}>{command.hint}</span>}
          </li>
        ))}
      </ul>
    </div>
  );
}
