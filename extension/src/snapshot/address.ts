/** Where a page is, as it is told to a service. */

/** The address without its fragment and without a name or password in it. */
export function addressOf({ href }: Location): string {
  const address = new URL(href);
  address.hash = address.username = address.password = "";
  return address.href;
}
