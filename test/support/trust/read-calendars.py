"""Reads calendars by python-icalendar and recurring-ical-events: a JSON list of {text, from, to, zone} in, of [from, to, title] out."""
import datetime
import json
import sys
import warnings

import icalendar
import recurring_ical_events
from dateutil import tz

warnings.simplefilter("ignore")
ME = "mailto:ana@example.com"


def instant(value, zone):
    """In ms; a day or a floating time is one of the computer's zone."""
    if not isinstance(value, datetime.datetime):
        value = datetime.datetime(value.year, value.month, value.day)
    if value.tzinfo is None:
        value = value.replace(tzinfo=tz.gettz(zone))
    return round(value.timestamp() * 1000)


def takes_time(event):
    text = lambda name: str(event.get(name, "")).upper()
    attendees = event.get("ATTENDEE", [])
    for attendee in attendees if isinstance(attendees, list) else [attendees]:
        mine = ME in (str(attendee).lower(), "mailto:" + str(attendee.params.get("EMAIL", "")).lower())
        if mine and attendee.params.get("PARTSTAT") in ("DECLINED", "DELEGATED"):
            return False
    shown = text("X-MICROSOFT-CDO-BUSYSTATUS") or text("X-MICROSOFT-CDO-INTENDEDSTATUS")
    free = text("TRANSP") == "TRANSPARENT" or shown in ("FREE", "WORKINGELSEWHERE")
    return not free and text("STATUS") != "CANCELLED"


def read(case):
    times = []
    start = datetime.datetime.fromtimestamp(case["from"] / 1000, datetime.timezone.utc)
    stop = datetime.datetime.fromtimestamp(case["to"] / 1000, datetime.timezone.utc)
    day = datetime.timedelta(days=2)
    for calendar in icalendar.Calendar.from_ical(case["text"], multiple=True):
        for event in recurring_ical_events.of(calendar).between(start - day, stop + day):
            begin = instant(event["DTSTART"].dt, case["zone"])
            end = instant(event["DTEND"].dt, case["zone"]) if "DTEND" in event else begin
            if takes_time(event) and begin < end and end > case["from"] and begin < case["to"]:
                times.append([begin, end, str(event.get("SUMMARY", ""))])
    return sorted(times)


def attempt(case):
    try:
        return read(case)
    except Exception as error:  # It reads no such calendar.
        return str(error)


json.dump([attempt(case) for case in json.load(sys.stdin)], sys.stdout)
