import { IconSearch } from '@tabler/icons-react';
import { type KeyboardEvent, useDeferredValue, useId, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useShortcuts } from '../../keys/KeysProvider.tsx';
import mapStyles from '../map.module.css';
import { createFindIndex, type Findable, type FindKind } from '../search/find.ts';
import styles from './MapSearch.module.css';

const MOST = 12;

/** Finds anything on the map by its name in either language or its code. `/` puts the cursor here. */
export function MapSearch(props: {
  kinds: ReadonlyMap<string, FindKind>;
  /** Asked when somebody begins to search; what it answers is searched until the field is left. */
  things: () => readonly Findable[];
  /** More to search, that comes later. */
  more: readonly Findable[];
  /** Hears what is typed. */
  onType: (text: string) => void;
  onChoose: (thing: Findable) => void;
  onLeave: () => void;
}) {
  const { t, i18n } = useTranslation();
  const list = useId();
  const field = useRef<HTMLInputElement>(null);
  const [query, setQuery] = useState('');
  const [things, setThings] = useState<readonly Findable[]>([]);
  const [open, setOpen] = useState(false);
  const [marked, setMarked] = useState(0);
  const index = useMemo(
    () => createFindIndex([...things, ...props.more], props.kinds),
    [things, props.more, props.kinds],
  );
  const asked = useDeferredValue(query);
  const found = useMemo(() => index.find(asked, MOST), [index, asked]);
  const current = found[Math.min(marked, found.length - 1)];

  useShortcuts([
    {
      id: 'map.search',
      keys: ['/'],
      label: 'map:search.key',
      run: () => field.current?.focus(),
    },
  ]);

  const choose = (thing: Findable | undefined) => {
    if (!thing) return;
    setOpen(false);
    field.current?.blur();
    props.onChoose(thing);
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'ArrowDown') setMarked(Math.min(found.length - 1, marked + 1));
    else if (event.key === 'ArrowUp') setMarked(Math.max(0, marked - 1));
    else if (event.key === 'Enter') choose(current);
    else if (event.key === 'Escape') leave();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const leave = () => {
    setQuery('');
    setOpen(false);
    props.onLeave();
  };

  const showing = open && query.trim() !== '';
  return (
    <search className={styles.search}>
      <div className={`${mapStyles.panel} ${styles.searchField}`}>
        <IconSearch size="1rem" aria-hidden="true" />
        <input
          ref={field}
          type="text"
          data-search
          role="combobox"
          aria-label={t('map:search.label')}
          aria-expanded={showing}
          aria-controls={list}
          aria-activedescendant={showing && current ? `${list}-${current.kind}-${current.id}` : undefined}
          autoComplete="off"
          spellCheck={false}
          placeholder={t('map:search.placeholder')}
          value={query}
          onFocus={(event) => {
            event.currentTarget.select();
            setThings(props.things());
            setOpen(true);
          }}
          onBlur={() => setOpen(false)}
          onChange={(event) => {
            setQuery(event.currentTarget.value);
            props.onType(event.currentTarget.value);
            setMarked(0);
            setOpen(true);
          }}
          onKeyDown={onKey}
        />
        {query === '' && (
          <span className={styles.key} aria-hidden="true">
            /
          </span>
        )}
      </div>
      {showing && (
        <div
          className={`${mapStyles.panel} ${styles.found}`}
          id={list}
          role="listbox"
          tabIndex={-1}
          aria-label={t('map:search.found')}
        >
          {found.map((thing) => {
            const kind = props.kinds.get(thing.kind);
            return (
              // biome-ignore lint/a11y/useKeyWithClickEvents: keys are handled by the field
              <div
                key={`${thing.kind}-${thing.id}`}
                id={`${list}-${thing.kind}-${thing.id}`}
                role="option"
                tabIndex={-1}
                aria-selected={thing === current}
                onPointerDown={(event) => event.preventDefault()}
                onClick={() => choose(thing)}
              >
                {kind && <kind.icon size="1rem" aria-hidden="true" />}
                <span className={styles.foundName}>{i18n.language === 'en' ? thing.en : thing.zh}</span>
                <span className={styles.foundKind}>{kind && t(kind.label)}</span>
              </div>
            );
          })}
          {found.length === 0 && <div className={styles.nothing}>{t('map:search.nothing')}</div>}
        </div>
      )}
    </search>
  );
}
