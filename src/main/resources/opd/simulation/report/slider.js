"use strict";
// Shows every queue at the moment that the slider is set to, by playing the day's decisions up to it.
(() => {
  const { h, render } = preact;
  const day = JSON.parse(document.getElementById("day").textContent);
  const section = document.getElementById("moment");
  const lines = document.querySelectorAll("line.now");
  const slotsOf = day.doctors.map((_, doctor) =>
    day.slots.flatMap(([owner], slot) => (owner === doctor ? [slot] : [])));

  // How many decisions have been made, the time shown, and the slot looked into.
  let made = 0;
  let at = day.morning;
  let chosen = 0;

  // Decisions are in the order in which they were made, but of desks that work at the same time
  // one may have been asked a little earlier than the one before it.
  const until = (seconds) => {
    let count = 0;
    while (count < day.events.length && day.events[count][0] <= seconds) count++;
    return count;
  };

  const queuesAfter = (count) => {
    const tokens = day.slots.map(() => new Map());
    const states = day.slots.map(() => ["scheduled", 0]);
    for (const [, slot, , moves, status, delay] of day.events.slice(0, count)) {
      for (const [place, number, now, priority, source, patient] of moves) {
        const token = tokens[place].get(number) ?? { number, priority, source, patient };
        token.status = now;
        tokens[place].set(number, token);
      }
      if (status) states[slot] = [status, delay];
    }
    return { tokens, states };
  };

  const having = (tokens, status) =>
    [...tokens.values()]
      .filter((token) => token.status === status)
      .sort((one, other) =>
        day.ranks[other.priority] - day.ranks[one.priority] || one.number - other.number);

  const clock = (seconds) => {
    const moment = new Date((day.eve + seconds) * 1000);
    const time = moment.toISOString().slice(11, 16);
    const days = Math.floor(seconds / 86400);
    if (days === 1) return time;
    const date = moment.toLocaleDateString("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });
    return `${days === 0 ? "eve" : date} ${time}`;
  };

  const moveLines = () => {
    const part = (from, to) => Math.min(1, Math.max(0, (at - from) / (to - from)));
    const x = at < day.morning
      ? day.left + (day.band - day.left) * part(0, day.morning)
      : day.band + (day.right - day.band) * part(day.morning, day.evening);
    for (const line of lines) {
      line.setAttribute("x1", x.toFixed(1));
      line.setAttribute("x2", x.toFixed(1));
      line.setAttribute("visibility", "visible");
    }
  };

  const goTo = (seconds) => {
    at = seconds;
    made = until(seconds);
    show();
  };

  const step = (change) => {
    made = Math.min(day.events.length, Math.max(0, made + change));
    at = made === 0 ? 0 : day.events[made - 1][0];
    show();
  };

  const choose = (slot) => {
    chosen = slot;
    show();
  };

  // Of a real day only the code is known.
  const named = ([code, name]) => (name === code ? "" : `, ${name}`);
  // By the code: several doctors may have the same name.
  const slotName = (slot) =>
    `${day.doctors[day.slots[slot][0]][0]} ${day.slots[slot][1]}–${day.slots[slot][2]}`;

  const cell = (slot, { tokens, states }) => {
    const taken = having(tokens[slot], "active").length;
    const capacity = day.slots[slot][3];
    const closed = ["cancelled", "completed"].includes(states[slot][0]);
    return h("td", { key: slot }, h("button", {
      type: "button",
      "aria-pressed": String(slot === chosen),
      "aria-label": `${slotName(slot)}: ${taken} of ${capacity} places taken`,
      style: { "--fill": `${(100 * taken) / capacity}%` },
      onClick: () => choose(slot),
    }, `${day.slots[slot][1]}\n${closed ? "closed" : `${taken}/${capacity}`}`));
  };

  const hospital = (state) =>
    h("div", { class: "hospital" }, h("table", null, h("tbody", null, day.doctors.map(([code, name], doctor) =>
      h("tr", { key: code }, h("th", { scope: "row", title: name }, code), slotsOf[doctor].map((slot) => cell(slot, state)))))));

  const queue = ({ tokens, states }) => {
    const waiting = having(tokens[chosen], "active");
    const owed = having(tokens[chosen], "displaced");
    const [status, delay] = states[chosen];
    const row = (token, place) =>
      h("tr", { key: token.number },
        h("td", { align: "right" }, place),
        h("td", { align: "right" }, token.number),
        h("td", null, token.priority),
        h("td", null, token.patient),
        h("td", null, token.source));
    return [
      h("h3", null, slotName(chosen), named(day.doctors[day.slots[chosen][0]]), " ",
        h("small", null, `${waiting.length} of ${day.slots[chosen][3]} places taken, ${status}${delay ? ` by ${delay} min` : ""}`)),
      h("div", { class: "wide" }, h("table", { class: "queue" },
        h("thead", null, h("tr", null, ["place", "number", "priority", "patient", "source"].map((head, index) =>
          h("th", { scope: "col", align: index < 2 ? "right" : "left" }, head)))),
        h("tbody", null,
          waiting.map((token, index) => row(token, index + 1)),
          owed.map((token) => row(token, "lost"))))),
      waiting.length + owed.length === 0 && h("p", null, "Nobody is in the queue."),
    ];
  };

  const show = () => {
    const state = queuesAfter(made);
    const last = made === 0 ? "nothing yet" : day.events[made - 1][2];
    render([
      h("h2", null, "The queues at any moment"),
      h("label", null, "Time: ", h("output", null, clock(at)),
        h("input", {
          type: "range", min: day.morning - 60, max: day.evening, step: 60, value: Math.max(at, day.morning - 60),
          "aria-valuetext": clock(at),
          onInput: (event) => goTo(Number(event.target.value)),
        })),
      h("div", { class: "steps" },
        h("button", { type: "button", onClick: () => step(-1), disabled: made === 0 }, "◀ decision"),
        h("button", { type: "button", onClick: () => step(1), disabled: made === day.events.length }, "decision ▶"),
        h("span", null, `${made} of ${day.events.length} decisions`)),
      h("p", null, h("small", null, `Last: ${last}`)),
      hospital(state),
      ...queue(state),
    ], section);
    moveLines();
  };

  // At first the fullest queue in the middle of the day.
  const noon = Math.round((day.morning + day.evening) / 2 / 60) * 60;
  const taken = queuesAfter(until(noon)).tokens.map((tokens) => having(tokens, "active").length);
  chosen = Math.max(0, taken.indexOf(Math.max(...taken)));
  section.hidden = false;
  goTo(noon);
})();
