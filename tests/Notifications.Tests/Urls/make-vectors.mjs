// Writes uts46-vectors.txt: international names and what tr46, another implementation of UTS 46, makes of them ("-" where it refuses).
// Usage: npm install --no-save tr46@6.0.0 && node make-vectors.mjs   (of Unicode 17.0, as the tables)
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const { toASCII } = require('tr46');
const statuses = require('tr46/lib/mappingTable.json');

// A generator of its own, so that the file is the same each time.
let seed = 20261128;
const random = below => (seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff, (seed >>> 8) % below);
const pick = list => list[random(list.length)];

const fixed = [
  'bücher.example', 'bu\u0308cher.example', 'BÜCHER.Example.', 'Ｂüｃｈｅｒ。ｅｘａｍｐｌｅ', 'faß.example', 'STRAẞE.example', 'ς.example', 'a\u00adb.example', 'x\u3002y', 'x\uff61y', 'x\uff0ey',
  'क\u094d\u200dष.example', 'a\u200db.example', 'a\u200cb.example', 'نامه\u200cای.example', '\u0301a.example', 'א.example', '0א.example', 'אa.example', 'א1٢.example', 'x--y.example', 'r3---sn-ü.example',
  'xn--bcher-kva.example', 'XN--BCHER-KVA.example', 'xn--a.example', 'xn--.example', 'xn--fa-hia.example', 'xn--bcher-kva8.example', 'xn--bücher.example', 'xn--u-ccb.example', 'xn--a-ecp.example',
  '\u202eabc.example', 'a\u2060b.example', 'a\u{e0001}b.example', '\u{1f4a9}.example', '한글.example', '\u1112\u1161\u11ab.example', 'ﷺ.example', '㍿.example', '½.example', 'ä'.repeat(57) + '.example', 'ä'.repeat(58) + '.example',
  'ü..example', '.ü', 'ü.', 'ü..', '≠.example', '=\u0338.example', 'a\u0323\u0307.example', 'a\u0307\u0323.example', 'ṩ.example', 's\u0307\u0323.example', 'Å.example', '가\u11a8.example', 'ü_x.example', 'ü x.example', 'ü@x.example',
];

const interesting = [...'ab1-.', 'ü', 'ß', 'א', 'ب', '٢', '۲', '\u200c', '\u200d', '\u094d', 'क', '\u0301', '\u0323', '\u0307', '\u0308', '\u0345', '。', 'Ａ', '漢', '\u{1f600}', '\u1100', '\u1161', '\u11a8', '\u0338', '\u05b0', 'ﬁ', '\u{110b9}', '\u0e33'];
const edges = statuses.flatMap(([codes]) => Array.isArray(codes) ? codes : [codes]).filter(code => code > 127 && !(code >= 0xd800 && code <= 0xdfff));
const character = () => random(3) > 0 ? pick(interesting) : String.fromCodePoint(pick(edges));

const names = [
  ...fixed,
  ...Array.from({ length: 1500 }, () => `a${String.fromCodePoint(pick(edges))}b.example`),
  ...Array.from({ length: 2500 }, () => `${Array.from({ length: 1 + random(6) }, character).join('')}.example`),
];

const lines = [...new Set(names)].map(name => `${JSON.stringify(name).replace(/[^\x20-\x7e]/g, c => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)}\t${expected(name) ?? '-'}`);
writeFileSync(new URL('uts46-vectors.txt', import.meta.url), `${lines.join('\n')}\n`);
console.log(`${lines.length} names, ${lines.filter(line => line.endsWith('\t-')).length} of them refused`);

/** Besides UTS 46: the characters and lengths that Waybill takes, and a dot at the end is left out. */
function expected(name) {
  const ascii = toASCII(name, { checkHyphens: false, checkBidi: true, checkJoiners: true, useSTD3ASCIIRules: false, verifyDNSLength: false, transitionalProcessing: false })?.replace(/\.$/, '');
  const isHost = ascii && /^[a-z0-9_.-]+$/.test(ascii) && ascii.length <= 253 && ascii.split('.').every(label => label.length >= 1 && label.length <= 63);
  return isHost ? ascii : null;
}
