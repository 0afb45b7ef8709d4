"use strict";
(() => {
  const data = window.PACKAGE;
  const $ = (id) => document.getElementById(id);
  if (data === undefined) {
    document.body.textContent = "缺少 data.js：请先把归档包完整解压，再打开 index.html。";
    return;
  }

  // --- words -----------------------------------------------------------------------------------
  const BEIJING_MS = 8 * 3600 * 1000;
  const day = (at) => new Date(at + BEIJING_MS).toISOString().slice(0, 10);
  const time = (at) => new Date(at + BEIJING_MS).toISOString().slice(11, 19);
  const two = (n) => String(Math.floor(n)).padStart(2, "0");
  const length = (ms) => `${two(ms / 3600000)}:${two((ms / 60000) % 60)}:${two((ms / 1000) % 60)}`;
  const KINDS = { venue: "会场", control: "会控", board: "各板", marker: "标记", recording: "录制" };
  const SOURCES = { content: "共享内容", screen: "共享内容" };
  const make = (tag, properties = {}, ...children) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  };

  // --- the one clock ---------------------------------------------------------------------------
  const span = { from: data.from_ms, to: Math.max(data.to_ms, data.from_ms + 1000) };
  const clamp = (at) => Math.max(span.from, Math.min(span.to, at));
  const clock = { at: span.from, since: 0, rate: 1, wished: false, running: false };
  const now = () => (clock.running ? clamp(clock.at + (performance.now() - clock.since) * clock.rate) : clock.at);
  const anchor = (at, running) => {
    clock.at = clamp(at);
    clock.since = performance.now();
    clock.running = running;
  };
  const seek = (at) => {
    anchor(at, false); // the next step sets it going, once everybody is there
    for (const tile of tiles.values()) for (const player of tile.players) player.starving = null;
    step();
  };
  const toggle = () => {
    if (!clock.wished && now() >= span.to) seek(span.from);
    clock.wished = !clock.wished;
    if (!clock.wished) anchor(now(), false);
    step();
  };

  // --- one file --------------------------------------------------------------------------------
  const PATIENCE_MS = 6000;
  const NEAR_MS = 5000;
  const isOver = (track, at) => at >= track.to_ms - 300;
  class Player {
    constructor(track, tile) {
      this.track = track;
      this.element = null;
      this.starving = null;
      this.tile = tile;
    }

    /** True when the clock should wait for it. Elements far from the playhead are let go: a browser has few. */
    follow(at, silent) {
      const { track } = this;
      if (at < track.from_ms - NEAR_MS || at >= track.to_ms + NEAR_MS) return this.drop();
      const element = this.element ?? this.begin();
      element.muted = silent || track.kind === "video";
      const inside = at >= track.from_ms && at < track.to_ms;
      element.hidden = track.kind !== "video" || !inside;
      if (!inside) {
        if (!element.paused) element.pause();
        return false;
      }
      if (element.error !== null) return false;
      const behind = (at - track.from_ms) / 1000 - element.currentTime;
      if (element.readyState >= 1 && !element.seeking) {
        const off = Math.abs(behind);
        if (off > 0.3 * Math.max(1, clock.rate) || (!clock.running && off > 0.03)) {
          element.currentTime = (at - track.from_ms) / 1000;
        } else {
          const nudge = off > 0.03 ? Math.max(-0.08, Math.min(0.08, behind)) : 0;
          element.playbackRate = clock.rate * (1 + nudge);
        }
      }
      const hungry = (element.seeking || element.readyState < 3) && !isOver(track, at);
      if (clock.running && element.paused) element.play().catch(() => undefined);
      if (!clock.running && !element.paused) element.pause();
      if (!hungry) this.starving = null;
      else this.starving = this.starving ?? performance.now();
      return hungry && performance.now() - this.starving < PATIENCE_MS;
    }

    begin() {
      const element = document.createElement(this.track.kind === "video" ? "video" : "audio");
      element.preload = "auto";
      element.playsInline = true;
      element.preservesPitch = true;
      element.src = this.track.name;
      this.tile.pictures.append(element);
      this.element = element;
      return element;
    }

    drop() {
      if (this.element !== null) {
        this.element.removeAttribute("src");
        this.element.load();
        this.element.remove();
        this.element = null;
      }
      return false;
    }
  }

  // --- tiles: one a venue, one more for what it shared -------------------------------------------
  const tiles = new Map();
  const off = new Set();
  let solo = null;
  let enlarged = null;
  for (const track of data.tracks) {
    const shared = track.source in SOURCES && track.kind === "video";
    const key = shared ? `${track.venue} ${track.source}` : track.venue;
    if (!tiles.has(key)) tiles.set(key, tileOf(key, track, shared));
    const tile = tiles.get(key);
    tile.players.push(new Player(track, tile));
  }

  function tileOf(key, track, shared) {
    const name = `${data.names[track.venue] ?? track.venue}${shared ? ` · ${SOURCES[track.source]}` : ""}`;
    const pictures = make("div", { className: "pictures" });
    const blank = make("div", { className: "blank" });
    const sound = make("button", { type: "button", onclick: () => turn(off, track.venue) });
    const alone = make("button", {
      type: "button",
      textContent: "只听",
      onclick: () => ((solo = solo === track.venue ? null : track.venue), step()),
    });
    const large = make("button", {
      type: "button",
      textContent: "放大",
      onclick: () => ((enlarged = enlarged === key ? null : key), step()),
    });
    const buttons = make("div", { className: "tile-buttons" }, ...(shared ? [] : [sound, alone]), large);
    const figure = make("figure", {}, pictures, blank, make("figcaption", { textContent: name }), buttons);
    for (const [button, text] of [[alone, "只听"], [large, "放大"]]) button.setAttribute("aria-label", `${text} ${name}`);
    $("stage").append(figure);
    return { key, venue: track.venue, name, players: [], pictures, blank, figure, sound, alone, large };
  }

  function turn(set, key) {
    if (!set.delete(key)) set.add(key);
    step();
  }

  function showTile(tile, at) {
    const playing = tile.players.filter(({ track }) => track.kind === "video" && at >= track.from_ms && at < track.to_ms);
    const broken = playing.some(({ element }) => element !== null && element.error !== null);
    const gap = data.gaps.find(({ from_ms, to_ms, venue }) => (venue === "" || venue === tile.venue) && at >= from_ms && at < to_ms);
    tile.blank.hidden = playing.length > 0 && !broken;
    tile.blank.textContent = broken ? "无法播放这路画面：文件缺失、已损坏，或浏览器不支持" : gap !== undefined ? `录制缺口：${gap.text}` : "无画面";
    const speaks = data.speech.some(({ venue, from_ms, to_ms }) => venue === tile.venue && at >= from_ms && at < to_ms);
    tile.figure.classList.toggle("speaking", speaks);
    tile.figure.classList.toggle("enlarged", enlarged === tile.key);
    const silent = off.has(tile.venue);
    tile.sound.textContent = silent ? "打开声音" : "关闭声音";
    tile.sound.setAttribute("aria-label", `${tile.sound.textContent} ${tile.name}`);
    tile.alone.setAttribute("aria-pressed", String(solo === tile.venue));
    tile.large.setAttribute("aria-pressed", String(enlarged === tile.key));
    tile.figure.classList.toggle("changed", silent || solo === tile.venue || enlarged === tile.key);
  }

  // --- the list of events ----------------------------------------------------------------------
  let kind = null;
  const rows = data.lines.map((line) => {
    const go = make(
      "button",
      { type: "button", className: line.kind, onclick: () => seek(line.at_ms) },
      make("time", { textContent: time(line.at_ms) }),
      make("span", { textContent: line.text }),
    );
    const row = make("li", {}, go);
    $("events").append(row);
    return { line, go, row };
  });
  const filter = () => {
    const wanted = $("search").value.trim().toLowerCase();
    for (const { line, row } of rows) {
      row.hidden = (kind !== null && line.kind !== kind) || !line.text.toLowerCase().includes(wanted);
    }
    $("none").hidden = rows.some(({ row }) => !row.hidden);
  };
  for (const [value, text] of [[null, "全部"], ...Object.entries(KINDS)]) {
    const chip = make("button", { type: "button", textContent: text });
    chip.setAttribute("aria-pressed", String(value === kind));
    chip.onclick = () => {
      kind = value;
      for (const other of $("kinds").children) other.setAttribute("aria-pressed", String(other === chip));
      filter();
    };
    $("kinds").append(chip);
  }
  $("search").oninput = filter;
  /** The list follows the playhead, but not while a pointer is in it, and the page itself never moves. */
  const follow = (row) => {
    const list = $("events");
    if (list.matches(":hover") || list.scrollHeight <= list.clientHeight) return;
    const top = row.offsetTop - list.offsetTop;
    if (top < list.scrollTop || top + row.offsetHeight > list.scrollTop + list.clientHeight) {
      list.scrollTop = top - list.clientHeight / 2;
    }
  };
  let current = null;
  const markCurrent = (at) => {
    let last = null;
    for (const row of rows) {
      const later = row.line.at_ms > at;
      row.go.classList.toggle("later", later);
      if (!later && !row.row.hidden) last = row;
    }
    if (last === current) return;
    if (current !== null) current.go.removeAttribute("aria-current");
    if (last !== null) {
      last.go.setAttribute("aria-current", "true");
      follow(last.row);
    }
    current = last;
  };
  const jumpToEvent = (step_) => {
    const shown = rows.filter(({ row }) => !row.hidden).map(({ line }) => line.at_ms);
    const at = now();
    const to = step_ > 0 ? shown.find((each) => each > at + 100) : shown.filter((each) => each < at - 1000).pop();
    if (to !== undefined) seek(to);
  };

  // --- the timeline ----------------------------------------------------------------------------
  const part = (at) => (100 * (at - span.from)) / (span.to - span.from);
  const head = make("div", { id: "head" });
  const lane = (name, ...children) => {
    const lane_ = make("div", { className: "lane" }, ...children);
    $("timeline").append(make("span", { className: "name", textContent: name }), lane_);
    return lane_;
  };
  const bar = (className, from, to, text, title) => {
    const element = make("span", { className: `bar ${className}`, textContent: text, title });
    element.style.left = `${part(clamp(from))}%`;
    element.style.width = `${part(clamp(to)) - part(clamp(from))}%`;
    return element;
  };
  const dot = (line) => {
    const element = make("span", { className: `dot ${line.kind}`, title: `${time(line.at_ms)} ${line.text}` });
    element.style.left = `${part(line.at_ms)}%`;
    return element;
  };
  const dots = (...kinds) => data.lines.filter((line) => kinds.includes(line.kind)).map(dot);
  const STEPS_S = [1, 5, 10, 30, 60, 300, 600, 1800, 3600, 7200];
  const TICKS = Math.max(2, Math.min(8, Math.floor($("timeline").clientWidth / 100)));
  const stepOf = (ms) => (STEPS_S.find((each) => ms / 1000 / each <= TICKS) ?? 14400) * 1000;
  const axis = lane("时间");
  for (let at = Math.ceil(span.from / stepOf(span.to - span.from)) * stepOf(span.to - span.from); at < span.to; ) {
    const tick = make("span", { className: "tick", textContent: time(at) });
    tick.style.left = `${part(at)}%`;
    axis.append(tick);
    at += stepOf(span.to - span.from);
  }
  lane(
    "录制",
    ...data.tracks.filter(({ kind: of }) => of === "video").map((t) => bar("recorded", t.from_ms, t.to_ms, "", "")),
    ...data.gaps.map((gap) => bar("gap", gap.from_ms, gap.to_ms, "", `缺口 ${time(gap.from_ms)}：${gap.text}`)),
  );
  const speechName = ({ venue }) => data.names[venue] ?? venue;
  lane("发言", ...data.speech.map((each) => bar("speech", each.from_ms, each.to_ms, speechName(each), `${speechName(each)} ${time(each.from_ms)}`)));
  lane("会场", ...dots("venue", "recording"));
  lane("会控", ...dots("control"));
  lane("各板", ...dots("board"));
  const track = lane("标记", ...dots("marker"));
  $("timeline").append(head);
  const timeAt = (event) => {
    const box = track.getBoundingClientRect();
    return span.from + Math.max(0, Math.min(1, (event.clientX - box.left) / box.width)) * (span.to - span.from);
  };
  $("timeline").onpointerdown = (event) => {
    if (event.button !== 0) return;
    $("timeline").setPointerCapture(event.pointerId);
    seek(timeAt(event));
  };
  $("timeline").onpointermove = (event) => {
    if ($("timeline").hasPointerCapture(event.pointerId)) seek(timeAt(event));
  };

  // --- all of it, ten times a second -------------------------------------------------------------
  function step() {
    const at = now();
    if (clock.wished && at >= span.to) {
      clock.wished = false;
      anchor(at, false);
    }
    let waits = false;
    for (const tile of tiles.values()) {
      const silent = off.has(tile.venue) || (solo !== null && solo !== tile.venue);
      for (const player of tile.players) if (player.follow(at, silent)) waits = true;
      showTile(tile, at);
    }
    const running = clock.wished && !waits;
    if (running !== clock.running) anchor(at, running);
    show(at, clock.wished && waits);
  }

  function show(at, waits) {
    $("play").textContent = clock.wished ? "暂停" : "播放";
    $("position").textContent = `${length(at - span.from)} / ${length(span.to - span.from)}`;
    $("clock").textContent = `${day(at)} ${time(at)}`;
    $("waiting").textContent = waits ? "正在读取录制…" : "";
    const width = track.getBoundingClientRect();
    const outer = $("timeline").getBoundingClientRect();
    head.style.left = `${width.left - outer.left + (part(at) / 100) * width.width}px`;
    $("timeline").setAttribute("aria-valuemax", String(Math.round((span.to - span.from) / 1000)));
    $("timeline").setAttribute("aria-valuenow", String(Math.round((at - span.from) / 1000)));
    $("timeline").setAttribute("aria-valuetext", `${time(at)}，${length(at - span.from)}`);
    markCurrent(at);
  }

  $("title").textContent = document.title = data.title;
  $("classification").textContent = data.classification;
  $("classification").hidden = data.classification === "";
  $("exercise").hidden = !data.exercise;
  $("when").textContent = `${day(span.from)} ${time(span.from)} - ${time(span.to)}`;
  $("counts").textContent = `会场 ${new Set(data.tracks.map(({ venue }) => venue)).size}`;
  $("gap-count").hidden = data.gaps.length === 0;
  $("gap-count").textContent = `缺口 ${data.gaps.length}`;
  $("made").textContent = `归档包 ${day(data.made_ms)} ${time(data.made_ms)} ${data.made_by}`;
  $("stage").style.setProperty("--columns", Math.max(1, Math.ceil(Math.sqrt(tiles.size))));
  if (tiles.size === 0) $("stage").append(make("p", { className: "muted", textContent: "这次会商没有录下任何声音和画面" }));

  $("play").onclick = toggle;
  $("back").onclick = () => seek(now() - 10000);
  $("forward").onclick = () => seek(now() + 10000);
  $("previous").onclick = () => jumpToEvent(-1);
  $("next").onclick = () => jumpToEvent(1);
  $("speed").onchange = () => {
    anchor(now(), clock.running);
    clock.rate = Number($("speed").value);
  };
  const KEYS = { " ": toggle, k: toggle, j: () => seek(now() - 10000), l: () => seek(now() + 10000) };
  const ARROWS = { ArrowLeft: -5000, ArrowRight: 5000, PageDown: -60000, PageUp: 60000 };
  document.addEventListener("keydown", (event) => {
    if (event.target.matches("input, select") || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === " " && event.target.matches("button")) return;
    const go = KEYS[event.key.toLowerCase()] ?? (event.key in ARROWS ? () => seek(now() + ARROWS[event.key]) : null);
    const edge = event.key === "Home" ? span.from : event.key === "End" ? span.to : null;
    if (go === null && edge === null) return;
    event.preventDefault();
    if (edge !== null) seek(edge);
    else go();
  });
  filter();
  setInterval(step, 100);
  const named = Number(new URLSearchParams(location.search).get("t"));
  seek(span.from + (Number.isFinite(named) ? Math.max(0, named) * 1000 : 0));
})();
