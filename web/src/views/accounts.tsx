/** Accounts and seats, to look at: they are made with the command line, and the page says how. */
import { Search } from "lucide-preact";
import type { JSX } from "preact";
import { useState } from "preact/hooks";

import { organisation } from "../state/store";
import "../styles/accounts.css";
import type { Account, Seat } from "../types/wire";
import { Badge } from "../ui/elements";
import { t } from "../ui/i18n";
import { WallAdmin } from "./wallcontrol";

const LEVELS: readonly Seat["level"][] = ["province", "dept", "city", "county"];

export function Accounts(): JSX.Element {
  const [words, setWords] = useState("");
  const { accounts, seats } = organisation.value;
  const wanted = words.trim().toLowerCase();
  const has = (...texts: (string | null)[]): boolean =>
    texts.some((text) => (text ?? "").toLowerCase().includes(wanted));
  const rows = Object.values(accounts).filter((one) =>
    has(one.account, one.person, one.seat_id, seats[one.seat_id ?? ""]?.name ?? null),
  );
  const found = Object.values(seats)
    .filter((one) => has(one.seat_id, one.name, one.phone))
    .sort((a, b) => LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level) || a.sort - b.sort);
  return (
    <div class="admin">
      <header class="admin-head">
        <h1>{t("nav.admin")}</h1>
        <span class="search">
          <Search size={16} aria-hidden="true" />
          <input
            class="input"
            type="search"
            aria-label={t("admin.search")}
            placeholder={t("admin.search")}
            value={words}
            onInput={(event) => setWords(event.currentTarget.value)}
          />
        </span>
      </header>
      <p class="admin-how">
        {t("admin.how")} <code>huishang account add zhangsan --person 张三 --role seat --seat yingji</code>
      </p>
      <div class="admin-tables">
        <AccountTable rows={rows} seats={seats} />
        <SeatTable rows={found} />
        <WallAdmin />
      </div>
    </div>
  );
}

function AccountTable({ rows, seats }: { rows: readonly Account[]; seats: Record<string, Seat> }): JSX.Element {
  return (
    <section class="card" aria-labelledby="accounts-title">
      <h2 id="accounts-title">
        {t("admin.accounts")} <span class="muted">{rows.length}</span>
      </h2>
      <div class="table-box" tabIndex={0} role="group" aria-labelledby="accounts-title">
        <table>
          <thead>
            <tr>
              <th scope="col">{t("admin.account")}</th>
              <th scope="col">{t("admin.person")}</th>
              <th scope="col">{t("admin.role")}</th>
              <th scope="col">{t("admin.seat")}</th>
              <th scope="col">{t("admin.state")}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((one) => (
              <tr key={one.account}>
                <td class="id">{one.account}</td>
                <td>{one.person}</td>
                <td>{t(`role.${one.role}`)}</td>
                <td>{seats[one.seat_id ?? ""]?.name ?? "—"}</td>
                <td>
                  {one.disabled ? <Badge tone="bad">{t("admin.disabled")}</Badge> : <span>{t("admin.active")}</span>}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function SeatTable({ rows }: { rows: readonly Seat[] }): JSX.Element {
  return (
    <section class="card" aria-labelledby="seats-title">
      <h2 id="seats-title">
        {t("admin.seats")} <span class="muted">{rows.length}</span>
      </h2>
      <div class="table-box" tabIndex={0} role="group" aria-labelledby="seats-title">
        <table>
          <thead>
            <tr>
              <th scope="col">{t("admin.seat_id")}</th>
              <th scope="col">{t("admin.name")}</th>
              <th scope="col">{t("admin.level")}</th>
              <th scope="col">{t("admin.phone")}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((one) => (
              <tr key={one.seat_id}>
                <td class="id">{one.seat_id}</td>
                <td>{one.name}</td>
                <td>{t(`level.${one.level}`)}</td>
                <td class="id">{one.phone}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
