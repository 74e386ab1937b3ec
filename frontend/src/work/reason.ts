/** What a system calls the fields of a request, in plain words. */
const fields: Record<string, string> = {
  shipmentIdentifiers: 'the load’s number', carrierIdentifier: 'the carrier’s code', equipmentIdentifiers: 'the truck’s or trailer’s number', shipmentStops: 'stop', shippingDetails: 'the shipping details',
  appointmentWindow: 'appointment', stopNumber: 'its number', location: 'place', address: 'address', contact: 'contact', companyName: 'name', postalCode: 'postal code', addressLines: 'street', startDateTime: 'begin', endDateTime: 'end', localTimeZoneIdentifier: 'time zone',
  geoCoordinates: 'coordinates', latitude: 'latitude', longitude: 'longitude', city: 'city', state: 'state', country: 'country', type: 'type', value: '', apiConfiguration: '', fallBackToDefaultAccountGroup: '',
};

const path = /\b[a-z][A-Za-z]+(?:\[\d+\])?(?:\.[a-z][A-Za-z]+(?:\[\d+\])?)*/g;

/** A reason as a person reads it. raw is as the system wrote it, where that names fields of a request; else "". */
export function plainly(reason: string): { says: string; raw: string } {
  const says = reason.replace(path, (found) => {
    if (!/[a-z][A-Z]|\[\d+\]/.test(found)) return found;
    const parts = found.split('.').map((part) => {
      const [, name = '', at] = /^(\w+?)(?:\[(\d+)\])?$/.exec(part) ?? [];
      const word = fields[name];
      if (word === undefined) return undefined;
      return name === 'shipmentStops' && at !== undefined ? `stop ${Number(at) + 1}` : word;
    });
    return parts.includes(undefined) ? found : parts.filter(Boolean).join(', ');
  });
  return { says, raw: says === reason ? '' : reason };
}
