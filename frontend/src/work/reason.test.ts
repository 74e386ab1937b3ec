import { expect, it } from 'vitest';
import { plainly } from './reason';

it.each([
  ['The system refused this: project44 answered 400: shipmentIdentifiers[0].type must be BILL_OF_LADING or ORDER.', 'The system refused this: project44 answered 400: the load’s number, type must be BILL_OF_LADING or ORDER.'],
  ['shipmentStops[1].appointmentWindow.endDateTime is before startDateTime.', 'stop 2, appointment, end is before begin.'],
  ['carrierIdentifier is unknown', 'the carrier’s code is unknown'],
])('%s is said in plain words, and stays to be read', (raw, says) => expect(plainly(raw)).toEqual({ says, raw }));

it.each(['The load has no truck yet.', 'customFieldX[2] is wrong', 'Load 7000 of Acme Inc. is not known.', ''])('“%s” is left as it is', (reason) => expect(plainly(reason)).toEqual({ says: reason, raw: '' }));
