import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { serviceAddress, streamAddress } from './addresses.ts';
import { addressIn, bodyOf, clockIn, faultIn, profilesIn, servicesIn } from './answers.ts';
import { askProfiles, askStream, escaped, soapMessage } from './requests.ts';
import { below, readXml, textOf, XML_LIMITS, XmlError } from './xml.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const answer = (content: string) =>
  `<s:Envelope xmlns:s="urn:s"><s:Body><t:R xmlns:t="urn:t">${content}</t:R></s:Body></s:Envelope>`;
const inBody = (content: string) => bodyOf(bytes(answer(content))) ?? readXml(bytes('<none/>'));

/** Every reader of answers; none may throw on a document that is good XML. */
function readAll(document: Uint8Array): void {
  const body = bodyOf(document);
  if (!body) return;
  faultIn(body);
  clockIn(body);
  servicesIn(body);
  profilesIn(body);
  addressIn(body);
}

describe('what is asked', () => {
  test('is signed as the example of the ONVIF core specification is', () => {
    const nonce = Buffer.from('LKqI6G/AikKCQrN0zqZFlg==', 'base64');
    const at = Date.parse('2010-09-16T07:50:45.000Z');
    const message = soapMessage(askProfiles('media'), { user: 'a<b', password: 'userpassword', at, nonce });
    const token = below(readXml(bytes(message)), 'Header', 'Security', 'UsernameToken')[0] ?? readXml(bytes('<none/>'));
    expect(['Username', 'Password', 'Nonce', 'Created'].map((name) => textOf(token, name))).toEqual([
      'a<b',
      'tuOSpGlFlIXsozq4HFNeeGeFLEI=',
      'LKqI6G/AikKCQrN0zqZFlg==',
      '2010-09-16T07:50:45Z',
    ]);
    expect(message).not.toContain('userpassword');
  });

  test('is one message, whatever a device calls its things (fuzz)', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (token) => {
        const message = readXml(bytes(soapMessage(askStream('media', token))));
        expect(below(message, 'Body', 'GetStreamUri').length).toBe(1);
        expect(below(message, 'Body', 'GetStreamUri', 'ProfileToken')[0]?.children).toEqual([]);
      }),
      { seed: 21 },
    );
    expect(escaped('a\u0000\ud800<"&')).toBe('a&lt;&quot;&amp;');
  });
});

describe('what is answered', () => {
  test('clock, services and profiles of either media service', () => {
    const date = '<Date><Year>2026</Year><Month>2</Month><Day>28</Day></Date>';
    const time = '<Time><Hour>9</Hour><Minute>05</Minute><Second>7</Second></Time>';
    const said = (utc: string) => inBody(`<SystemDateAndTime><UTCDateTime>${utc}</UTCDateTime></SystemDateAndTime>`);
    expect(clockIn(said(time + date))).toBe(Date.UTC(2026, 1, 28, 9, 5, 7));
    expect([clockIn(said(time)), clockIn(said(''))]).toEqual([undefined, undefined]);
    const service = (space: string) => `<Service><Namespace>${space}</Namespace><XAddr>http://x/</XAddr></Service>`;
    const services = service('http://www.onvif.org/ver20/media/wsdl') + service('urn:other');
    expect([...servicesIn(inBody(services))]).toEqual([['media2', 'http://x/']]);
    const size = '<Resolution><Width>1920</Width><Height>1080</Height></Resolution>';
    const parts = `<VideoSource token="s"><SourceToken>lens</SourceToken></VideoSource><VideoEncoder>${size}</VideoEncoder><PTZ token="p"/>`;
    expect(
      profilesIn(inBody(`<Profiles token="t"><Configurations>${parts}</Configurations></Profiles><Profiles/>`)),
    ).toEqual([{ token: 't', from: 'lens', width: 1920, height: 1080, turns: true }]);
  });

  test('faults of SOAP 1.1 and 1.2', () => {
    const fault = (content: string) => faultIn(readXml(bytes(`<s:Fault xmlns:s="urn:s">${content}</s:Fault>`)));
    expect(fault('<faultcode>wsse:FailedAuthentication</faultcode><faultstring>no</faultstring>')).toEqual({
      ...{ unauthorized: true, reason: 'no' },
    });
    const coded =
      '<s:Code><s:Value>s:Sender</s:Value><s:Subcode><s:Value>ter:NotAuthorized</s:Value></s:Subcode></s:Code>';
    expect(fault(coded)).toEqual({ unauthorized: true, reason: 'ter:NotAuthorized' });
    expect(fault('<s:Code/>')).toEqual({ unauthorized: false, reason: '' });
  });

  test('any bytes, and any change of a good answer, are read or refused (fuzz)', () => {
    const good = bytes(
      answer(
        '<Profiles token="a"><Name>&#x4e1c;&amp;</Name><PTZConfiguration/></Profiles><MediaUri><Uri>rtsp://h/1</Uri></MediaUri>',
      ),
    );
    const tried = (document: Uint8Array) => {
      try {
        readAll(document);
      } catch (error) {
        expect(error).toBeInstanceOf(XmlError);
        expect(String(error)).toMatch(/^XmlError: (line \d+|it is longer)/);
      }
    };
    fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), tried), { seed: 22 });
    fc.assert(
      fc.property(fc.nat(good.length), fc.nat(40), fc.uint8Array({ maxLength: 20 }), (at, less, put) => {
        tried(Buffer.concat([good.subarray(0, at), put, good.subarray(at + less)]));
      }),
      { seed: 23, numRuns: 1000 },
    );
  });

  test('is refused where it is too long, deep or full, or has a document type', () => {
    expect(() => readXml(new Uint8Array(XML_LIMITS.bytes + 1))).toThrow(/longer/);
    expect(() => readXml(bytes('<a>'.repeat(41)))).toThrow(/line 1 goes deeper/);
    expect(() => readXml(bytes(`<a>\n${'<b/>'.repeat(XML_LIMITS.elements)}</a>`))).toThrow(/line 2 has more/);
    expect(() => readXml(bytes('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'))).toThrow(/DOCTYPE/);
    expect(() => readXml(bytes(''))).toThrow(XmlError);
  });
});

describe('addresses', () => {
  test('of services stay on the host that was asked', () => {
    const asked = new URL('http://10.0.0.8:8080/onvif/device_service');
    const at = (named: string) => serviceAddress(named, asked).href;
    expect(at('http://192.168.1.64/onvif/media?x=1')).toBe('http://10.0.0.8:8080/onvif/media?x=1');
    expect(at('http://10.0.0.8:8899/onvif/media')).toBe('http://10.0.0.8:8899/onvif/media');
    expect(at('https://10.0.0.8/onvif/media')).toBe('http://10.0.0.8:8080/onvif/media');
    expect(at('nonsense')).toBe(asked.href);
  });

  test('of streams have the host that was asked and its login, whatever is named (fuzz)', () => {
    const asked = new URL('http://[fd00::8]/onvif/device_service');
    const login = { user: 'a:b', password: 'p@s%41/#' };
    expect(streamAddress('rtsp://x:y@0.0.0.0/1#f', asked, login)).toBe('rtsp://a%3Ab:p%40s%2541%2F%23@[fd00::8]/1');
    expect(streamAddress('rtsp://10.1.1.1:8554/1?a=b', asked, undefined)).toBe('rtsp://[fd00::8]:8554/1?a=b');
    expect(['http://h/1', 'file:///etc/passwd', 'rtsp:/x'].map((each) => streamAddress(each, asked, login))).toEqual([
      ...[undefined, undefined, undefined],
    ]);
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true, validSchemes: ['rtsp'] }), (named) => {
        expect(new URL(streamAddress(named, asked, login) ?? '').hostname).toBe('[fd00::8]');
      }),
      { seed: 24 },
    );
  });
});
