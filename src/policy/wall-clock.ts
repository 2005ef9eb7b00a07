/** The wall clock of a time zone. */

/** By zone, because creating a formatter takes longer than using it. */
const formatters = new Map<string, Intl.DateTimeFormat>();

/** Year, month, day, hour and minute of an instant in milliseconds since 1970, by an IANA time zone; all but the year have two digits. */
export function readWallClock(instantMs: number, timeZone: string): ReadonlyMap<string, string> {
  const formatter = formatters.get(timeZone) ?? createFormatter(timeZone);
  formatters.set(timeZone, formatter);
  return new Map(formatter.formatToParts(instantMs).map(({ type, value }) => [type, value]));
}

function createFormatter(timeZone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  });
}
