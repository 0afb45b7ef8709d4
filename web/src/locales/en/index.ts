/** The English texts, all areas; the type says when one is missing. */
import type { Key, Text } from "../zh-CN";
import { boards } from "./boards";
import { booking } from "./booking";
import { consultation } from "./consultation";
import { core } from "./core";
import { desk } from "./desk";
import { duty } from "./duty";
import { errors } from "./errors";
import { exporting } from "./exporting";
import { keeping } from "./keeping";
import { incident } from "./incident";
import { hook } from "./hook";
import { instructing } from "./instructing";
import { live } from "./live";
import { marks } from "./marks";
import { media } from "./media";
import { outside } from "./outside";
import { paper } from "./paper";
import { plan } from "./plan";
import { player } from "./player";
import { recorder } from "./recorder";
import { review } from "./review";
import { rollcall } from "./rollcall";
import { room } from "./room";
import { said } from "./said";
import { saidofboards } from "./saidofboards";
import { search } from "./search";
import { selfcheck } from "./selfcheck";
import { spotcheck } from "./spotcheck";
import { timeline } from "./timeline";

export const en: Readonly<Record<Key, Text>> = {
  ...core,
  ...desk,
  ...boards,
  ...duty,
  ...errors,
  ...exporting,
  ...keeping,
  ...consultation,
  ...paper,
  ...player,
  ...recorder,
  ...review,
  ...rollcall,
  ...said,
  ...saidofboards,
  ...instructing,
  ...live,
  ...marks,
  ...media,
  ...selfcheck,
  ...search,
  ...outside,
  ...room,
  ...spotcheck,
  ...timeline,
  ...booking,
  ...incident,
  ...hook,
  ...plan,
};
