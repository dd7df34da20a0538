/** Whether a topic is one of those that a filter asks for: `+` is any one level, `#` at the end any that follow (MQTT 5, 4.7). */
export function topicMatches(filter: string, topic: string): boolean {
  const wanted = filter.split('/');
  const levels = topic.split('/');
  // What a broker says of itself is only given to whoever asks for it by name.
  if (topic.startsWith('$') && (wanted[0] === '#' || wanted[0] === '+')) return false;
  for (const [i, each] of wanted.entries()) {
    if (each === '#') return true;
    if (i >= levels.length || (each !== '+' && each !== levels[i])) return false;
  }
  return wanted.length === levels.length;
}
