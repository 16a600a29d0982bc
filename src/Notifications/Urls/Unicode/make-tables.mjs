// Writes uts46.bin, which UnicodeTables.cs reads: what UTS 46 says of each code point, and what normalization to NFC needs.
// Usage: npm install --no-save tr46@6.0.0 && node make-tables.mjs   (with a Node of the same Unicode version, here 17.0)
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { brotliCompressSync, constants } from 'node:zlib';

const require = createRequire(import.meta.url);
const statuses = require('tr46/lib/mappingTable.json');
const is = require('tr46/lib/regexes.js');
const { unicodeVersion } = require('tr46/package.json');

if (!unicodeVersion.startsWith(process.versions.unicode)) {
  throw new Error(`tr46 knows Unicode ${unicodeVersion} and this Node ${process.versions.unicode}: the tables must be of one version.`);
}

const LAST = 0x10ffff;
const bytes = [];
const number = value => {
  for (; value > 127; value >>= 7) bytes.push((value & 127) | 128);
  bytes.push(value);
};
const text = value => {
  const encoded = Buffer.from(value, 'utf8');
  number(encoded.length);
  bytes.push(...encoded);
};
const isSurrogate = code => code >= 0xd800 && code <= 0xdfff;

/** Ranges of equal values other than 0: gap, length, value. */
function ranges(valueOf) {
  const found = [];
  for (let code = 0; code <= LAST; code++) {
    const value = isSurrogate(code) ? 0 : valueOf(code, String.fromCodePoint(code));
    const last = found.at(-1);
    if (value === 0) continue;
    if (last && last.end === code - 1 && last.value === value) last.end = code;
    else found.push({ start: code, end: code, value });
  }
  number(found.length);
  let next = 0;
  for (const { start, end, value } of found) {
    number(start - next);
    number(end - start);
    number(value);
    next = end + 1;
  }
}

// 1. The version.
text(process.versions.unicode);

// 2. Status: 1 valid, 2 ignored, 3 and more mapped to the text of that number; what is in no range is disallowed. A deviation is valid, as processing is nontransitional.
const texts = [];
const numbers = new Map();
const status = new Uint16Array(LAST + 1);
for (const [codes, kind, mapping] of statuses) {
  const [first, last] = Array.isArray(codes) ? codes : [codes, codes];
  if (kind === 1 && !numbers.has(mapping)) numbers.set(mapping, 3 + texts.push(mapping) - 1);
  status.fill({ 1: numbers.get(mapping), 2: 1, 3: 0, 6: 1, 7: 2 }[kind], first, last + 1);
}
number(texts.length);
texts.forEach(text);
ranges(code => status[code]);

// 3. Bidirectional class: 1 L, 2 R or AL, 3 AN, 4 EN, 5 NSM, 6 ES, CS, ET, ON or BN; what is in no range is allowed in no label (RFC 5893, section 2).
ranges((_, c) =>
  is.bidiS1LTR.test(c) ? 1 : is.bidiS1RTL.test(c) ? 2 : is.bidiS4AN.test(c) ? 3 : is.bidiS4EN.test(c) ? 4
    : !is.bidiS3.test(c) && is.bidiS3.test(`\u05d0${c}`) ? 5 : is.bidiS2.test(c) ? 6 : 0);

// 4. What joins (RFC 5892, appendix A): 1 to what follows (L), 2 to what is before (R), 3 both (D), 4 transparent (T), 8 a virama.
const dual = '\u0628';
const zwnj = '\u200c';
ranges((_, c) => {
  const joins = (is.validZWNJ.test(c + zwnj + dual) ? 1 : 0) | (is.validZWNJ.test(dual + zwnj + c) ? 2 : 0);
  const transparent = joins === 0 && is.validZWNJ.test(dual + c + zwnj + dual) ? 4 : 0;
  return joins | transparent | (is.combiningClassVirama.test(c) ? 8 : 0);
});

// 5. Marks, which begin no label.
ranges((_, c) => is.combiningMarks.test(c) ? 1 : 0);

// 6. Order of combining marks: the rank of the canonical combining class, which is all that sorting needs. 0 for a starter.
const marks = [];
for (let code = 0; code <= LAST; code++) if (!isSurrogate(code) && /\p{M}/u.test(String.fromCodePoint(code))) marks.push(String.fromCodePoint(code));
const swaps = (one, other) => `a${one}${other}`.normalize('NFD').endsWith(`${other}${one}`);
const isNonStarter = c => c.normalize('NFD') === c && (swaps(c, '\u0334') || swaps('\u0301', c));
const classes = [];
for (const c of marks.filter(isNonStarter)) {
  const same = classes.find(([first]) => !swaps(first, c) && !swaps(c, first));
  if (same) same.push(c);
  else classes.push([c]);
}
classes.sort(([one], [other]) => swaps(one, other) ? 1 : -1);
const rank = new Map(classes.flatMap((members, index) => members.map(c => [c, index + 1])));
ranges((_, c) => rank.get(c) ?? 0);

// 7. Canonical decompositions, whole, and whether they are composed again. Those of Hangul are computed.
const decomposed = [];
for (let code = 0; code <= LAST; code++) {
  const c = isSurrogate(code) || (code >= 0xac00 && code <= 0xd7a3) ? '' : String.fromCodePoint(code);
  if (c.normalize('NFD') !== c) decomposed.push([code, c.normalize('NFD'), c.normalize('NFC') === c ? 1 : 0]);
}
number(decomposed.length);
let before = 0;
for (const [code, parts, composes] of decomposed) {
  number(code - before);
  text(parts);
  number(composes);
  before = code;
}

const packed = brotliCompressSync(Buffer.from(bytes), { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 22 } });
writeFileSync(new URL('uts46.bin', import.meta.url), packed);
console.log(`Unicode ${process.versions.unicode}: ${classes.length} classes of marks, ${decomposed.length} decompositions, ${bytes.length} bytes, ${packed.length} packed`);
