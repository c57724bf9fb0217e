// Reads a calendar feed from outside with ical.js and node-ical. Argument: the file. Writes what each of them understood as one JSON document.
const fs = require('fs');
const nodeIcal = require('node-ical');

(async () => {
  const text = fs.readFileSync(process.argv[2], 'utf8');
  const ICAL = (await import('ical.js')).default;
  const calendar = new ICAL.Component(ICAL.parse(text));
  const zone = new ICAL.Timezone(calendar.getFirstSubcomponent('vtimezone'));
  ICAL.TimezoneService.register(zone);
  const iso = time => time.isDate ? time.toString() : time.toJSDate().toISOString();
  const byIcalJs = calendar.getAllSubcomponents('vevent').map(component => {
    const event = new ICAL.Event(component);
    return {
      uid: event.uid, start: iso(event.startDate), end: iso(event.endDate), summary: event.summary, place: event.location, details: event.description,
      sequence: event.sequence, status: component.getFirstPropertyValue('status'), transparency: component.getFirstPropertyValue('transp'),
      changed: component.getFirstPropertyValue('last-modified').toJSDate().toISOString(),
      alarms: component.getAllSubcomponents('valarm').map(alarm => alarm.getFirstPropertyValue('trigger').toJSDate().toISOString()),
    };
  });
  const parsed = await nodeIcal.async.parseICS(text);
  const byNodeIcal = Object.values(parsed).filter(entry => entry.type === 'VEVENT').map(event => ({
    uid: event.uid, start: event.start.toISOString(), end: event.end.toISOString(), wholeDay: event.datetype === 'date', summary: event.summary,
    place: event.location, details: event.description, sequence: Number(event.sequence), status: event.status, transparency: event.transparency,
    zone: event.start.tz || null, alarms: (event.alarms || []).length,
  }));
  console.log(JSON.stringify({
    method: calendar.getFirstPropertyValue('method'), name: calendar.getFirstPropertyValue('x-wr-calname'), refresh: String(calendar.getFirstPropertyValue('refresh-interval')),
    byIcalJs, byNodeIcal,
  }));
})();
