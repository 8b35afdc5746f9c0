const WANTED = [
  'package.json',
  'README.md',
  'LICENSE',
  'dist/src/index.js',
  'dist/src/index.d.ts',
  'dist/src/cli/main.js',
  'dist/src/cli/commands/new.command.js',
  'schematics/collection.json',
  'status-page/index.html',
  'templates/service/README.md.template',
];
const KEPT_OUT = [/\.(spec|e2e-spec|fixture)\./, /^(src|libs|apps|test)\//, /^dist\/(apps|test)\//, /\.tsbuildinfo$/];

/** What is wrong with the list of files in the tarball, one sentence each. `exists` tells whether a source is there. */
export function checkFiles(files, exists) {
  const missing = WANTED.filter((file) => !files.includes(file)).map((file) => `"${file}" is missing in the tarball.`);
  const unwanted = files
    .filter((file) => KEPT_OUT.some((pattern) => pattern.test(file)))
    .map((file) => `"${file}" does not belong in the tarball: see "files" in package.json.`);
  const stale = files
    .filter((file) => /^dist\/.*\.js$/.test(file) && !exists(file.slice('dist/'.length).replace(/\.js$/, '.ts')))
    .map((file) => `"${file}" has no source any more: run "npm test -- build".`);
  return [...missing, ...unwanted, ...stale];
}
