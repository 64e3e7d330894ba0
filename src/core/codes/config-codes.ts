/** Diagnostics about the configuration and routing. Codes are kebab-case words, unique in the whole catalogue, and never change once released. */

export const CONFIG_CODES = {
  "config-missing": { summary: "No canon.config.yaml was found from the working directory upwards.", hint: "Run canon init, or name one with --config FILE." },
} as const;
