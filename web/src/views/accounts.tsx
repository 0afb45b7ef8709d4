/** 管理: accounts to look at, seats, groups, templates, walls and webhooks to edit; an officer has a part of it. */
import { Search } from "lucide-preact";
import type { JSX } from "preact";
import { useState } from "preact/hooks";

import { me, organisation } from "../state/store";
import "../styles/accounts.css";
import { Badge } from "../ui/elements";
import { t, type Key } from "../ui/i18n";
import { GroupTable } from "./admingroups";
import { HookTable } from "./adminhooks";
import { matches, Table, words } from "./adminparts";
import { SeatTable } from "./adminseats";
import { TemplateTable } from "./admintemplates";
import { PlanTable } from "./plans";
import { Tabs } from "./tabs";
import { WallAdmin } from "./wallcontrol";

type Tab = "accounts" | "seats" | "groups" | "templates" | "plans" | "walls" | "hooks";

const TABS: readonly { name: Tab; text: Key }[] = [
  { name: "accounts", text: "admin.accounts" },
  { name: "seats", text: "admin.seats" },
  { name: "groups", text: "admin.groups" },
  { name: "templates", text: "admin.templates" },
  { name: "plans", text: "plan.title" },
  { name: "walls", text: "wall.title" },
  { name: "hooks", text: "hook.title" },
];
const OFFICERS: readonly Tab[] = ["templates", "plans", "groups", "hooks"];

export function Accounts(): JSX.Element {
  const isAdmin = me.value?.actor.role === "admin";
  const tabs = TABS.filter(({ name }) => isAdmin || OFFICERS.includes(name));
  const [chosen, setChosen] = useState<Tab>(isAdmin ? "accounts" : "templates");
  return (
    <div class="admin">
      <header class="admin-head">
        <h1>{t(isAdmin ? "nav.admin" : "nav.templates")}</h1>
        <span class="search">
          <Search size={16} aria-hidden="true" />
          <input
            class="input"
            type="search"
            aria-label={t("admin.search")}
            placeholder={t("admin.search")}
            value={words.value}
            onInput={(event) => (words.value = event.currentTarget.value)}
          />
        </span>
      </header>
      <div class="admin-tabs">
        <Tabs tabs={tabs} chosen={chosen} onChoose={setChosen}>
          <Panel tab={chosen} />
        </Tabs>
      </div>
    </div>
  );
}

function Panel({ tab }: { tab: Tab }): JSX.Element {
  switch (tab) {
    case "accounts":
      return <AccountTable />;
    case "seats":
      return <SeatTable />;
    case "groups":
      return <GroupTable />;
    case "templates":
      return <TemplateTable />;
    case "plans":
      return <PlanTable />;
    case "walls":
      return <WallAdmin />;
    case "hooks":
      return <HookTable />;
  }
}

function AccountTable(): JSX.Element {
  const { accounts, seats } = organisation.value;
  const rows = Object.values(accounts).filter((one) =>
    matches(one.account, one.person, one.seat_id, seats[one.seat_id ?? ""]?.name ?? null),
  );
  const heads = [t("admin.account"), t("admin.person"), t("admin.role"), t("admin.seat"), t("admin.state")];
  return (
    <>
      <p class="admin-how">
        {t("admin.how")} <code>huishang account add zhangsan --person 张三 --role seat --seat yingji</code>
      </p>
      <Table id="accounts-title" title={t("admin.accounts")} count={rows.length} heads={heads}>
        {rows.map((one) => (
          <tr key={one.account}>
            <td class="id">{one.account}</td>
            <td>{one.person}</td>
            <td>{t(`role.${one.role}`)}</td>
            <td>{seats[one.seat_id ?? ""]?.name ?? "—"}</td>
            <td>{one.disabled ? <Badge tone="bad">{t("admin.disabled")}</Badge> : <span>{t("admin.active")}</span>}</td>
          </tr>
        ))}
      </Table>
    </>
  );
}
