// Checks synthesized templates with cfn-guard and the rules of AWS Control Tower: node check.mjs [FOLDER, by default cdk.out].
// What exceptions.json explains is no fault; an exception that nothing needs is one.
import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const folder = process.argv[2] ?? join(here, 'cdk.out');
const exceptions = JSON.parse(readFileSync(join(here, 'exceptions.json'), 'utf8'));
const used = new Set();

const faults = reports().flatMap((report) => report.not_compliant.flatMap((entry) => faultsOf(basename(report.name, '.template.json'), entry.Rule)));
const stale = exceptions.filter((exception) => !used.has(exception)).map((exception) => `${exception.rule}: no longer needed in exceptions.json`);

for (const fault of [...faults, ...stale]) {
  console.error(fault);
}

console.log(`${templates().length} templates, ${faults.length + stale.length} faults, ${used.size} rules with explained exceptions`);
process.exitCode = faults.length + stale.length === 0 ? 0 : 1;

function templates() {
  return readdirSync(folder).filter((name) => name.endsWith('.template.json')).map((name) => join(folder, name));
}

function reports() {
  const guard = join(here, 'node_modules', '@cdklabs', 'cdk-validator-cfnguard');
  const system = process.platform === 'darwin' ? 'macos' : 'ubuntu';
  const processor = process.arch === 'arm64' ? 'aarch64' : 'x86_64';
  const program = join(guard, 'bin', system, processor, 'cfn-guard');
  const options = ['--structured', '-o', 'json', '--show-summary', 'none'];
  const run = spawnSync(program, ['validate', '-r', join(guard, 'rules'), ...options, '-d', ...templates()], { encoding: 'utf8', maxBuffer: 1 << 28 });

  // 0: all well; 19: rules are broken. Anything else is trouble of its own.
  if (run.status !== 0 && run.status !== 19) {
    throw new Error(`cfn-guard ended with ${run.status ?? run.error}: ${run.stderr}`);
  }

  return JSON.parse(run.stdout);
}

function faultsOf(stack, rule) {
  const resources = [...new Set(JSON.stringify(rule).match(/(?<=\/Resources\/)[A-Za-z0-9]+/g))];
  return resources.filter((resource) => !isExcepted(rule.name, resource)).map((resource) => `${stack} ${resource}: ${rule.name}`);
}

function isExcepted(rule, resource) {
  const exception = exceptions.find((one) => one.rule === rule && one.resources.some((start) => resource.startsWith(start)));

  if (exception !== undefined) {
    used.add(exception);
  }

  return exception !== undefined;
}
