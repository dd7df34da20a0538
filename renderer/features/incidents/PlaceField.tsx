import { type KeyboardEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PlaceRow } from '../../../contract/features/places.ts';
import { useQuery } from '../../bridge/index.ts';
import { useLang } from '../../i18n/index.ts';
import { isComposing } from '../../keys/KeysProvider.tsx';
import { Field } from './Field.tsx';
import styles from './NewIncident.module.css';

/** So many are looked through at a glance, while somebody speaks. */
const MOST = 6;
const NONE: readonly PlaceRow[] = [];

/**
 * Where it is, as a caller says it: places of the city that answer what is typed (names, initials, crossing roads, coordinates) stand below;
 * arrows and Enter choose, or a click. What is typed and not chosen is a name all the same.
 */
export function PlaceField(props: {
  label: string;
  fault: string | null;
  value: string;
  onWrite: (name: string) => void;
  onChoose: (place: PlaceRow, name: string) => void;
}) {
  const { label, fault, value, onWrite, onChoose } = props;
  const { t } = useTranslation();
  const { text } = useLang();
  const list = useId();
  /** Looked for while somebody types: a name that was chosen, or came with the place, is no question. */
  const [asked, setAsked] = useState(false);
  const [marked, setMarked] = useState(-1);
  const typed = value.trim().slice(0, 100);
  const found = useQuery('places.find', asked && typed !== '' ? { text: typed, limit: MOST } : null).rows ?? NONE;
  const open = asked && found.length > 0;
  const leave = () => {
    setAsked(false);
    setMarked(-1);
  };
  const choose = (place: PlaceRow | undefined) => {
    if (!place) return;
    leave();
    onChoose(place, text(place.name));
  };
  const keys = (event: KeyboardEvent) => {
    if (isComposing(event.nativeEvent) || event.ctrlKey || !open) return;
    if (event.key === 'ArrowDown') setMarked(Math.min(found.length - 1, marked + 1));
    else if (event.key === 'ArrowUp') setMarked(Math.max(-1, marked - 1));
    else if (event.key === 'Enter' && marked >= 0) choose(found[marked]);
    else if (event.key === 'Escape') leave();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <Field label={label} fault={fault}>
      {(marks) => (
        <div className={styles.finding}>
          <input
            {...marks}
            name="place"
            role="combobox"
            aria-autocomplete="list"
            aria-expanded={open}
            aria-controls={open ? list : undefined}
            aria-activedescendant={open && marked >= 0 ? `${list}-${marked}` : undefined}
            autoComplete="off"
            className={styles.input}
            value={value}
            onKeyDown={keys}
            onBlur={leave}
            onChange={(event) => {
              setAsked(true);
              setMarked(-1);
              onWrite(event.currentTarget.value);
            }}
          />
          {open && (
            <div id={list} className={styles.found} role="listbox" aria-label={t('incidents:new.places')}>
              {found.map((place, i) => (
                // biome-ignore lint/a11y/useFocusableInteractive: the field has the focus and says which is marked
                // biome-ignore lint/a11y/useKeyWithClickEvents: the field hears the keys
                <div
                  key={place.id}
                  id={`${list}-${i}`}
                  role="option"
                  aria-selected={i === marked}
                  // Before the field loses the focus, and with it the list.
                  onMouseDown={(event) => event.preventDefault()}
                  onClick={() => choose(place)}
                >
                  <span>{text(place.name)}</span>
                  <span className={styles.kind}>{t(`incidents:new.place-kind.${place.kind}`)}</span>
                </div>
              ))}
            </div>
          )}
        </div>
      )}
    </Field>
  );
}
