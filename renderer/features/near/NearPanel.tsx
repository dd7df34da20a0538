import { IconX } from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { FARTHEST_NEAR, type NearRow } from '../../../contract/features/places.ts';
import { useDeskStore, useSelect, useSlice } from '../../desk/DeskProvider.tsx';
import { useNearRows } from '../../desk/useNearRows.ts';
import { useShortcuts } from '../../keys/KeysProvider.tsx';
import { ActionButton } from '../../ui/ActionButton.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { distance } from '../../ui/format.ts';
import styles from './Near.module.css';
import { NearItem } from './NearItem.tsx';
import { type Around, NEAREST, nearDesk, roundRadius } from './nearDesk.ts';
import { SendTo } from './SendTo.tsx';
import { useSendTo } from './useSendTo.ts';

const KINDS = ['unit', 'facility', 'camera', 'component'] as const;

/** What is near a place, within a radius: units and facilities by the time they are away, cameras and components by distance. */
export function NearPanel({ around }: { around: Around }) {
  const { t } = useTranslation();
  const desk = useDeskStore();
  const select = useSelect();
  const radius = useSlice(nearDesk, (near) => near.radius);
  const { rows, error } = useNearRows({ lon: around.lon, lat: around.lat, but: around.selection.id }, radius);
  const sending = useSendTo(around.run);
  const field = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const set = (metres: number) => desk.getState().setIn(nearDesk, { radius: roundRadius(metres) });
  const close = () => desk.getState().setIn(nearDesk, { around: null });

  // Left and right set the radius at once, down goes to what is there.
  useEffect(() => field.current?.focus(), []);
  useShortcuts([
    { id: 'near.close', keys: ['escape'], scope: 'detail', label: 'near:key.close', overControl: true, run: close },
    { id: 'near.less', keys: [','], label: 'near:key.less', overControl: true, run: () => set(radius - 100) },
    { id: 'near.more', keys: ['.'], label: 'near:key.more', overControl: true, run: () => set(radius + 100) },
    {
      ...{ id: 'near.send', keys: ['d'], scope: 'detail', label: 'near:key.send' },
      enabled: () => sending.step !== undefined && marked() !== undefined,
      run: () => void sending.send(marked() ?? ''),
    },
  ]);

  const move = (event: KeyboardEvent) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    // A choice among steps moves by the same keys.
    if (by === undefined || event.target instanceof HTMLSelectElement) return;
    const items = [...(list.current?.querySelectorAll<HTMLElement>('[data-near]') ?? [])];
    const next = items.indexOf(document.activeElement as HTMLElement) + by;
    event.preventDefault();
    if (next < 0) field.current?.focus();
    else items[Math.min(items.length - 1, next)]?.focus();
  };
  const straight = rows?.some(({ eta }) => eta?.by === 'straight') ?? false;

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: arrows move among the buttons in it
    <div className={styles.near} onKeyDown={move}>
      <header className={styles.head}>
        <h2>{t('near:title', { name: around.title })}</h2>
        <ActionButton keys="escape" icon={<IconX />} onClick={close}>
          {t('common:action.close')}
        </ActionButton>
      </header>
      <label className={styles.radius}>
        <span>{t('near:radius')}</span>
        <input
          ref={field}
          type="range"
          min={NEAREST}
          max={FARTHEST_NEAR}
          step={100}
          value={radius}
          aria-valuetext={distance(radius)}
          onChange={(event) => set(event.currentTarget.valueAsNumber)}
        />
        <output>{distance(radius)}</output>
      </label>
      <p className={styles.how}>{t(straight ? 'near:by-line' : 'near:by-road')}</p>
      {error !== null && <ErrorNote error={error} />}
      <SendTo sending={sending} />
      <div ref={list} className={styles.lists}>
        {KINDS.map((what) => {
          const some = rows?.filter((row) => row.what === what) ?? null;
          // Few halls have a register of components: of one that has none nothing is to be said.
          if (what === 'component' && !some?.length) return null;
          const onSend = sending.step && what === 'unit' ? (row: NearRow) => void sending.send(row.thing) : null;
          return <Section key={what} what={what} rows={some} onChoose={choose} onSend={onSend} />;
        })}
      </div>
    </div>
  );

  /** The unit that the focus is on, or the one that is selected. */
  function marked(): string | undefined {
    const focused = document.activeElement instanceof HTMLElement ? document.activeElement.dataset.near : undefined;
    const { selection } = desk.getState();
    return rows?.find(({ what, thing }) => what === 'unit' && thing === (focused ?? selection?.id))?.thing;
  }

  function choose(row: NearRow): void {
    const kind = row.what === 'facility' ? 'place' : row.what;
    select({ kind, id: row.thing, at: { lon: row.lon, lat: row.lat } });
  }
}

function Section(props: {
  what: NearRow['what'];
  rows: readonly NearRow[] | null;
  onChoose: (row: NearRow) => void;
  /** Null: nothing of it can be sent. */
  onSend: ((row: NearRow) => void) | null;
}) {
  const { t } = useTranslation();
  const { what, rows, onChoose, onSend } = props;
  const title = t(`near:of.${what}`, { count: rows?.length ?? 0 });
  return (
    <section aria-label={title}>
      <h3>{title}</h3>
      {rows === null ? (
        <p className={styles.none}>{t('common:loading')}</p>
      ) : rows.length === 0 ? (
        <p className={styles.none}>{t('near:none')}</p>
      ) : (
        <ul className={styles.rows}>
          {rows.map((row) => (
            <NearItem key={row.id} row={row} onChoose={() => onChoose(row)} onSend={onSend && (() => onSend(row))} />
          ))}
        </ul>
      )}
    </section>
  );
}
