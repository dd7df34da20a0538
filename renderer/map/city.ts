import type { CityMeta, ComponentTable } from '../../core/places/city.ts';

/** Where the city's files are and what a request for one must carry. */
export interface CityFiles {
  /** Put before `/city/…`. */
  base(): string;
  headers(): Record<string, string>;
}

/** A file of the city could not be had. */
export class CityFileError extends Error {
  override readonly name = 'CityFileError';
}

/** What the city is and where. @throws CityFileError */
export function loadMeta(files: CityFiles, signal: AbortSignal): Promise<CityMeta> {
  return cityFile<CityMeta>(files, 'city.json', signal);
}

/** The 20,000 components, asked for when somebody is near enough to see one. @throws CityFileError */
export function loadComponents(files: CityFiles, signal: AbortSignal): Promise<ComponentTable> {
  return cityFile<ComponentTable>(files, 'components.json', signal);
}

/** These files are the hall's own, checked by it when it starts; here their shape is taken as told. */
async function cityFile<T>(files: CityFiles, name: string, signal: AbortSignal): Promise<T> {
  const answer = await fetch(`${files.base()}/city/${name}`, { headers: files.headers(), signal });
  if (!answer.ok)
    throw new CityFileError(`city file ${name}: the hall answered ${answer.status}; is a city installed?`);
  return (await answer.json()) as T;
}
