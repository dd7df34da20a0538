/** `npm run hall -- …`: works on a hall's folder without starting its hall. */
import { fileFault } from '../main/config/textFile.ts';
import { check } from './hall/check.ts';
import { exportThings } from './hall/exportThings.ts';
import { findCamerasCommand } from './hall/findCameras.ts';
import { importMapCommand } from './hall/importMap.ts';
import { importThingsCommand, isImportKind, undoImportCommand } from './hall/importThings.ts';
import { init } from './hall/init.ts';
import { rebuildViews } from './hall/rebuildViews.ts';
import { tryFeed } from './hall/tryFeed.ts';
import { tryRulesCommand } from './hall/tryRules.ts';
import { Refusal, runTask } from './project.ts';

const USAGE = `npm run hall -- …
  init FOLDER [--name NAME]                     a new hall's folder, with what goes where
  import map FILE --data FOLDER                 its map: an OpenStreetMap extract (.osm.pbf, .osm, .osm.gz), .pmtiles, .mbtiles
  import sensors|units|facilities|cameras|departments|places FILE --data FOLDER [--dry-run] [--mapping FILE] [--crs NAME]
                                                things of a table or geo file: .csv, .xlsx, .geojson, .kml, .zip (Shapefile), .gpkg
  import components FILE --data FOLDER …        what the city counts, lamps, covers and hydrants, by the million: .csv of any length, the others as above
  import undo NAME --data FOLDER                puts back what stood there before the last import of a name
  export FOLDER OUT [--crs NAME]                what is there as tables (.csv, .geojson) that others read and an import takes back
  cameras find --address ADDRESS                devices that speak ONVIF in the network of an address of this PC
  try FOLDER FEED [--count 10] [--for 60]       what a feed's real system sends, as it came and as a hall would take it
  check [--data FOLDER]                         what is wrong with its files, without a start
  try-rules [--data FOLDER] [--days N]          what its rules would have raised of what its sensors said in the last N days (1 to 3)
  rebuild-views [--data FOLDER]                 views.db anew from the ledger
--station and --lang are those of npm start.`;

function importInto([kind, ...options]: readonly string[]): Promise<number> {
  if (kind === 'map') return importMapCommand(options);
  if (kind === 'undo') return undoImportCommand(options);
  if (isImportKind(kind)) return importThingsCommand(kind, options);
  throw new Refusal(`There is nothing "${kind ?? ''}" to import.\n${USAGE}`);
}

function cameras([what, ...options]: readonly string[]): Promise<number> {
  if (what === 'find') return findCamerasCommand(options);
  throw new Refusal(`There is nothing "${what ?? ''}" to do with cameras.\n${USAGE}`);
}

/** What the file system says is told with the file and what to do. */
function saidOf(error: Error): string {
  const { code, path } = error as NodeJS.ErrnoException;
  if (code === undefined || path === undefined) return error.message;
  const { message, remedy } = fileFault(error);
  return `${path}：${message.zh}。${remedy.zh}\n${path} ${message.en}. ${remedy.en}`;
}

async function main([command, ...options]: readonly string[]): Promise<number> {
  const does = {
    ...{ init, cameras, check, import: importInto, export: exportThings },
    ...{ 'rebuild-views': rebuildViews, 'try-rules': tryRulesCommand, try: tryFeed },
  }[command ?? ''];
  if (!does) throw new Refusal(command === undefined ? USAGE : `There is no "${command}".\n${USAGE}`);
  try {
    return await does(options);
  } catch (error) {
    // In a folder that is in use, another station's or a newer version's, the sentence is all there is to say.
    throw error instanceof Error ? new Refusal(saidOf(error), { cause: error }) : error;
  }
}

await runTask(() => main(process.argv.slice(2)));
