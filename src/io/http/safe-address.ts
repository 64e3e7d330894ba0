/** Says whether a credential may be sent to an address: what goes over plain http can be read by everybody on the way. */

/** Over https, or within this machine. */
export function isSafeAddress({ protocol, hostname }: URL): boolean {
  return protocol === "https:" || (protocol === "http:" && ["127.0.0.1", "[::1]", "localhost"].includes(hostname));
}
