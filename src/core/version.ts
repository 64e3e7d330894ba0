/** The version of Canon, for plans and reports; a test holds it against package.json. */

export const CANON_VERSION = "0.1.0";
