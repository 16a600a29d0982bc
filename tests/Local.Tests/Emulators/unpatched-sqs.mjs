// fauxqs as its authors ship it, but on loopback only: node unpatched-sqs.mjs PACKAGE_FOLDER PORT DATA_FOLDER
import net from 'node:net';
import { pathToFileURL } from 'node:url';

const [packageFolder, port, dataDir] = process.argv.slice(2);
const listen = net.Server.prototype.listen;

net.Server.prototype.listen = function listenLocally(options, ...rest) {
  return listen.call(this, { ...options, host: '127.0.0.1' }, ...rest);
};

const { startFauxqs } = await import(pathToFileURL(`${packageFolder}/dist/app.js`));
await startFauxqs({ port: Number(port), dataDir, logger: false });
console.log('ready');
