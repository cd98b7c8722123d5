import { isTimeZone, scheduleProblem } from '../../src/config/cron-schedule';

test.each([
  '0 3 * * *',
  '*/15 * * * *',
  '0,30 8-18/2 1 jan-mar MON-FRI',
  '5 4 ? * SUN',
  '@daily',
  '@hourly',
  '@every 6h',
  ' 0  3 * * * ',
  '*/70 * * * *',
])('%s is a schedule', (schedule) => {
  expect(scheduleProblem(schedule)).toBeUndefined();
});

test.each([
  ['', 'five fields'],
  ['hello', 'five fields'],
  ['0 3 * *', 'five fields'],
  ['0 0 3 * * *', 'five fields'],
  ['60 3 * * *', 'the minute goes from 0 to 59'],
  ['0 24 * * *', 'the hour goes from 0 to 23'],
  ['0 3 0 * *', 'the day of the month goes from 1 to 31'],
  ['0 3 * 13 *', 'the month goes from 1 to 12'],
  ['0 3 * * 7', 'the day of the week goes from 0 to 6'],
  ['0 3 * * MON#2', 'the day of the week'],
  ['*/0 3 * * *', 'the minute'],
  ['*/5/5 3 * * *', 'the minute'],
  ['30-10 3 * * *', 'the minute'],
  ['1-2-3 3 * * *', 'the minute'],
  ['1- 3 * * *', 'the minute'],
  [', 3 * * *', 'the minute'],
  ['@nightly', 'give one of @yearly'],
  ['@every day', 'a duration'],
  ['TZ=UTC 0 3 * * *', 'give the time zone with timeZone'],
  ['CRON_TZ=UTC 0 3 * * *', 'give the time zone with timeZone'],
])('%j is none', (schedule, problem) => {
  expect(scheduleProblem(schedule)).toContain(problem);
});

test.each([
  ['Europe/Berlin', true],
  ['UTC', true],
  ['Etc/UTC', true],
  ['Europe/Berln', false],
  ['Local', false],
  ['+02:00', false],
  ['', false],
])('%j is a time zone: %s', (name, is) => {
  expect(isTimeZone(name)).toBe(is);
});
