/** The words of the generated backlog (scripts/make-backlog.ts): what specs are about, and how teams write of the same things in tickets. */

/** Specs: what they are called, and the three things each is about. */
export const SPECS: readonly (readonly [title: string, ...things: readonly [string, string, string]])[] = [
  ["Payments", "Payment", "Idempotency key", "Receipt"],
  ["Refunds", "Refund", "Chargeback", "Credit note"],
  ["Invoicing", "Invoice", "Tax line", "Billing address"],
  ["Subscriptions", "Subscription", "Trial", "Renewal"],
  ["Accounts", "Account", "Profile", "Avatar"],
  ["Sign in", "Passkey", "Session", "Recovery code"],
  ["Teams", "Team", "Invitation", "Guest seat"],
  ["Roles", "Role", "Grant", "Approval"],
  ["Orders", "Order", "Cart", "Backorder"],
  ["Catalogue", "Product", "Variant", "Price list"],
  ["Warehouse", "Shelf", "Stock count", "Pick list"],
  ["Shipping", "Parcel", "Label", "Customs form"],
  ["Returns", "Return", "Inspection", "Restock"],
  ["Messaging", "Message", "Thread", "Mention"],
  ["Mail", "Newsletter", "Template", "Bounce"],
  ["Webhooks", "Webhook", "Signature", "Delivery attempt"],
  ["Files", "Upload", "Thumbnail", "Shared link"],
  ["Documents", "Document", "Revision", "Watermark"],
  ["Calendar", "Appointment", "Time zone", "Reminder"],
  ["Booking", "Booking", "Waiting list", "Deposit"],
  ["Maps", "Address", "Route", "Geofence"],
  ["Reports", "Report", "Dashboard", "Scheduled query"],
  ["Metrics", "Counter", "Histogram", "Alert rule"],
  ["Logging", "Log line", "Trace", "Sampling rule"],
  ["Backups", "Snapshot", "Restore drill", "Vault"],
  ["Feature flags", "Flag", "Rollout", "Experiment"],
  ["Mobile app", "Push token", "Offline queue", "Deep link"],
  ["Public API", "API token", "Page cursor", "Rate limit"],
  ["Partner portal", "Partner", "Commission", "Contract"],
  ["Loyalty", "Point balance", "Voucher", "Tier"],
  ["Reviews", "Review", "Rating", "Moderation case"],
  ["Fraud", "Risk score", "Blocklist", "Manual check"],
  ["Identity", "Identity document", "Selfie", "Consent"],
  ["Privacy", "Data export", "Erasure request", "Cookie banner"],
  ["Audit", "Audit entry", "Evidence pack", "Control"],
  ["Support desk", "Support case", "Macro", "Escalation"],
  ["Chat bot", "Intent", "Fallback", "Handover"],
  ["Translation", "Phrase", "Glossary term", "Locale"],
  ["Printing", "Printer", "Print job", "Paper size"],
  ["Devices", "Device", "Firmware", "Heartbeat"],
];

/** Sides of a thing that a spec has a section for, and the word a team uses for it instead. */
export const ASPECTS: readonly (readonly [aspect: string, other: string])[] = [
  ["creation", "creating"],
  ["validation", "checks"],
  ["expiry", "expiration"],
  ["storage", "storing"],
  ["deletion", "deleting"],
  ["search", "searching"],
  ["export", "exporting"],
  ["history", "past changes"],
  ["limits", "quota"],
  ["notifications", "notifying"],
  ["permissions", "access rights"],
  ["retries", "retrying"],
];

/** Headings that many specs have. */
export const EVERYWHERE: readonly string[] = ["Error handling", "Migration", "Rate limiting", "Accessibility"];

export const SENTENCES: readonly string[] = [
  "Every {thing} is kept for seven years and never shown to strangers.",
  "When the {aspect} of a {thing} fails, the caller hears why within two seconds.",
  "Only an owner may start the {aspect} of a {thing}; everybody else sees a notice.",
  "The {thing} carries a number that people can read aloud on the phone.",
  "A {thing} that was changed meanwhile is never overwritten without a word.",
  "Nightly jobs may touch a {thing}, but they say so in its history.",
];

export const CRITERIA: readonly string[] = [
  "The {aspect} of a {thing} takes less than 200 ms",
  "A {thing} without an owner is refused with 400",
  "Two people working on one {thing} never lose a word",
  "The {aspect} is written to the audit trail",
];

/** Work that no spec tells of; `{n}` is a number, `{place}` one of PLACES. */
export const CHORES: readonly string[] = [
  "Upgrade the base image of {place} to version {n}",
  "Flaky test {n} on {place}",
  "Renew the certificate of {place}",
  "Latency spike on {place} at {n}:00",
  "Customer {n} cannot reach {place}",
  "Write a postmortem for incident {n}",
  "Order new laptops for floor {n}",
  "Spike: is framework {n} worth a look",
  "Clean up old branches of {place}",
  "Rotate the pager schedule, week {n}",
  "Budget talk with finance, round {n}",
  "Move {place} to the new cluster",
];

export const PLACES: readonly string[] = [
  "frankfurt-1",
  "the build farm",
  "staging",
  "the status page",
  "oslo-2",
  "the intranet",
  "the old gateway",
  "sandbox",
];
