import { openHall } from '../support/openHall.ts';
import { openWindow } from '../support/window.ts';

/**
 * Run by hall.pair.test.ts as a process of its own: two halls side by side, used and closed. It calls no `exit`: that it ends
 * shows that nothing of them is left running.
 */
const [first, second] = process.argv.slice(2);
const halls = await Promise.all([
  openHall({ dataDir: first ?? '', station: 'A', profile: 'drill', drillAfter: 0 }),
  openHall({ dataDir: second ?? '', station: 'B', profile: 'drill', drillAfter: 0 }),
]);
const windows = await Promise.all(halls.map((hall) => openWindow(hall, 'duty')));
for (const [i, window] of windows.entries()) {
  await window.call('wall.show', { screen: `of-${i}`, scene: 'situation', selection: null, cameras: [] });
  await window.seeStation((view) => view.feeds[0]?.state === 'live' && view.station === 'AB'[i]);
  console.log(`walls of ${i}: ${window.items('walls').map((wall) => wall.screen)}`);
}
await halls[0]?.close();
const left = await windows[1]?.call('ledger.digest', {});
// The drill's first call may be an event already.
console.log(`the other still answers: ${(left?.events ?? 0) >= 1}`);
await halls[1]?.close();
for (const window of windows) window.close();
console.log('closed');
