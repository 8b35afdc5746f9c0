/** A module of the status page, which browsers load as it is: without types. */
export function pageModule<T>(name: string): Promise<T> {
  return import(new URL(`../../status-page/${name}`, import.meta.url).href) as Promise<T>;
}
