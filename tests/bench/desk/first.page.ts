import 'maplibre-gl/dist/maplibre-gl.css';
import { Map as MapLibreMap } from 'maplibre-gl';
import { prepareMapLibrary } from '../../../renderer/map/library.ts';
import { cityStyle } from '../../../renderer/map/style.ts';

/** A page with nothing but MapLibre and the product's basemap: `?bounds=W,S,E,N#token=…`. It says `drawn` once it is. */
prepareMapLibrary();
const [west = 0, south = 0, east = 0, north = 0] = (new URLSearchParams(location.search).get('bounds') ?? '')
  .split(',')
  .map(Number);
const authorization = `Bearer ${location.hash.replace('#token=', '')}`;
const container = document.getElementById('map');
if (!container) throw new Error('the page has no #map');
const map = new MapLibreMap({
  container,
  style: cityStyle('dark', 'en', location.origin),
  bounds: [
    [west, south],
    [east, north],
  ],
  fitBoundsOptions: { padding: 24 },
  attributionControl: false,
  renderWorldCopies: false,
  fadeDuration: 120,
  transformRequest: (url) => (url.startsWith(location.origin) ? { url, headers: { authorization } } : { url }),
});
map.on('render', () => {
  const said = document.getElementById('said');
  if (said && map.loaded()) said.textContent = 'drawn';
});
