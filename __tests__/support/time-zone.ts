/** Another time zone of the machine, for the tests of a suite. */
export function useTimeZone(zone: string): void {
  const before = process.env.TZ;
  beforeEach(() => {
    process.env.TZ = zone;
  });
  afterEach(() => {
    if (before === undefined) delete process.env.TZ;
    else process.env.TZ = before;
  });
}
