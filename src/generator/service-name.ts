/** npm allows no more. */
const LONGEST = 214;
/** Would be taken for something else by npm. */
const TAKEN = ['node_modules', 'favicon.ico', 'nestjs-mosec'];

/**
 * The name of a service is that of its folder and of its npm package.
 * @returns what is wrong with it, or undefined
 */
export function checkServiceName(name: string): string | undefined {
  const refuse = (cure: string): string => `"${name}" cannot be the name of a service: ${cure}.`;
  if (/[/\\]/.test(name)) return refuse('it is a name and not a path, as my-service');
  if (TAKEN.includes(name)) return refuse('npm uses that name for something else');
  if (name.length > LONGEST) return refuse(`npm allows at most ${LONGEST} characters`);
  if (/^[a-z][a-z0-9._-]*$/.test(name)) return undefined;
  return refuse('use small letters, digits, "-", "_" and ".", beginning with a letter');
}
