/** The door for what the bot told on tickets, a part of its memory. */

import { array, boolean, nullable, number, object, string, type ZodMiniType } from "zod/mini";
import type { ToldTicket, ToldTickets } from "../core/model/bot-told.ts";

const text = string();

const ticket: ZodMiniType<ToldTicket> = object({ target: text, key: text, address: text, proposal: number(), left: boolean(), said: text });

export const botTold: ZodMiniType<ToldTickets> = object({ telling: nullable(text), tickets: array(ticket) });
