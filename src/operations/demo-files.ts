/** The files of the demo project: small enough to read, with all that a plan can show. */

const CONFIG = `# Written by canon demo. Everything stays on this machine.
id: canon-demo

specs:
  include: ["specs/**/*.md"]

ticket_systems:
  payments:
    system: local        # later: jira, linear, github, azure
    project: PAY
`;

const PAYMENTS = `---
title: Payments
team: payments
tags: [checkout]
---

# Payments

How a customer's money reaches us, once and only once.

## Idempotent requests

A client that did not hear our answer sends its request again. It must not pay twice.

### Key generation

The client makes a key and sends it with every attempt of one payment.

- [ ] The key is a UUID of version 7
- [ ] A request without a key is refused with 400
- [x] Keys are compared byte by byte

### Key storage

| store | kept for |
| --- | --- |
| Redis | 24 hours |
| Postgres | 7 days |

#### Expiry

- [ ] A key older than 7 days starts a new payment

## Refunds

A refund names the payment it belongs to:

\`\`\`json
{ "payment": "pay_01J9", "amount": 1200 }
\`\`\`

- [ ] Refunds never exceed what was paid

## References

What other documents say; headings like this one never become tickets.
`;

const ACCOUNTS = `# Accounts

## Sign in with a passkey

- [ ] A passkey can be added from the settings
- [ ] Sign in works without a password

## Close an account

The account is kept for 30 days, then erased.
`;

/** Path → text. */
export const DEMO_FILES: readonly (readonly [path: string, text: string])[] = [
  ["canon.config.yaml", CONFIG],
  ["specs/accounts.md", ACCOUNTS],
  ["specs/payments.md", PAYMENTS],
];
