import { IconFileUpload } from '@tabler/icons-react';
import { type DragEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { IMPORTED_KINDS, type ImportedKind } from '../../../../contract/features/setupImport.ts';
import { type Choice, CRS_CHOICES, type CrsChoice, isPlaced } from './choice.ts';
import styles from './Import.module.css';

const ENDINGS = '.csv,.tsv,.txt,.xlsx,.geojson,.json,.kml,.kmz,.zip,.gpkg';

/** What to import, from which file, and what its coordinates mean. */
export function Choices(props: {
  choice: Choice;
  /** Sheets or layers of the file, where there are several. */
  sheets: readonly string[];
  disabled: boolean;
  onChoose: (part: Partial<Choice>) => void;
}) {
  const { choice, sheets, disabled, onChoose } = props;
  const { t } = useTranslation();
  return (
    <fieldset className={styles.choices} disabled={disabled}>
      <legend className={styles.hidden}>{t('setup:import.choose')}</legend>
      <FileField file={choice.file} disabled={disabled} onFile={(file) => onChoose({ file, sheet: null })} />
      <label className={styles.field}>
        <span>{t('setup:import.kind')}</span>
        <select
          value={choice.kind}
          onChange={(event) => onChoose({ kind: event.currentTarget.value as ImportedKind, sheet: null })}
        >
          {IMPORTED_KINDS.map((kind) => (
            <option key={kind} value={kind}>
              {t(`setup:part.${kind}`)}
            </option>
          ))}
        </select>
      </label>
      {isPlaced(choice.kind) && (
        <label className={styles.field}>
          <span>{t('setup:import.crs')}</span>
          <select
            value={choice.crs}
            onChange={(event) => onChoose({ crs: event.currentTarget.value as CrsChoice })}
            title={t('setup:import.crs-why')}
          >
            {CRS_CHOICES.map((crs) => (
              <option key={crs} value={crs}>
                {t(`setup:crs.${crs}`)}
              </option>
            ))}
          </select>
        </label>
      )}
      {isPlaced(choice.kind) && choice.crs === 'other' && (
        <label className={styles.field}>
          <span>{t('setup:import.epsg')}</span>
          <input
            inputMode="numeric"
            size={16}
            placeholder={t('setup:import.epsg-hint')}
            value={choice.epsg}
            onChange={(event) => onChoose({ epsg: event.currentTarget.value })}
          />
        </label>
      )}
      {sheets.length > 1 && (
        <label className={styles.field}>
          <span>{t('setup:import.sheet')}</span>
          <select
            value={choice.sheet ?? ''}
            onChange={(event) =>
              onChoose({ sheet: event.currentTarget.value === '' ? null : event.currentTarget.value })
            }
          >
            <option value="">{t('setup:import.sheet-any')}</option>
            {sheets.map((sheet) => (
              <option key={sheet} value={sheet}>
                {sheet}
              </option>
            ))}
          </select>
        </label>
      )}
    </fieldset>
  );
}

/** A field for one file, into which one can be dropped as well. */
function FileField(props: { file: Choice['file']; disabled: boolean; onFile: (file: File) => void }) {
  const { file, disabled, onFile } = props;
  const { t } = useTranslation();
  const [over, setOver] = useState(false);
  const drag = (is: boolean) => (event: DragEvent) => {
    event.preventDefault();
    setOver(is && !disabled);
  };
  return (
    <label
      className={styles.drop}
      data-over={over || undefined}
      onDragOver={drag(true)}
      onDragLeave={drag(false)}
      onDrop={(event) => {
        drag(false)(event);
        const dropped = event.dataTransfer.files[0];
        if (dropped && !disabled) onFile(dropped);
      }}
    >
      <IconFileUpload size="1.25rem" aria-hidden="true" />
      <span className={styles.dropText}>
        <strong>{file === null ? t('setup:import.file') : file.name}</strong>
        <span className={styles.quiet}>
          {file === null ? t('setup:import.formats') : t('setup:import.file-size', { size: sizeText(file.size) })}
        </span>
      </span>
      <input
        type="file"
        className={styles.hidden}
        accept={ENDINGS}
        onChange={(event) => {
          const chosen = event.currentTarget.files?.[0];
          // The same file, corrected, can be chosen again.
          event.currentTarget.value = '';
          if (chosen) onFile(chosen);
        }}
      />
    </label>
  );
}

/** `312 KiB`, `4.2 MiB`. */
export function sizeText(bytes: number): string {
  const kib = bytes / 1024;
  return kib < 1000 ? `${Math.ceil(kib)} KiB` : `${(kib / 1024).toFixed(1)} MiB`;
}
