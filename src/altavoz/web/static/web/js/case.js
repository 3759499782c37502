// The case screen: keeps the lease alive while somebody looks, finds rules, and asks for one before an objection.
"use strict";

const said = document.getElementById("said");
const say = (words) => { said.textContent = words; said.classList.add("said-now"); };

// Every minute while the page is seen; whoever left it gives the case back by doing nothing.
const lease = document.querySelector("[data-lease]");
const until = lease.querySelector("time");
const clock = new Intl.DateTimeFormat(document.documentElement.lang, { timeStyle: "short" });
const show = (moment) => { until.dateTime = moment; until.textContent = clock.format(new Date(moment)); };
show(until.dateTime);
const beat = async () => {
  if (document.visibilityState !== "visible") return;
  try {
    const answer = await fetch(lease.dataset.lease, { method: "POST", headers: { Accept: "application/json" } });
    if (answer.ok) return show((await answer.json()).expires_at);
    clearInterval(beating);
    const told = answer.status === 409 ? (await answer.json()).words : "";
    say(`${told} ${said.dataset.lost}`);
  } catch { /* no connection just now: the next beat tries again */ }
};
const beating = setInterval(beat, 60000);
document.addEventListener("visibilitychange", beat);

// Rules by what they say.
const search = document.getElementById("rules_q");
search.parentElement.hidden = false;
const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLocaleLowerCase();
search.addEventListener("input", () => {
  const wanted = plain(search.value);
  document.querySelectorAll(".rule").forEach((rule) => {
    rule.hidden = !plain(rule.textContent).includes(wanted) && !rule.querySelector("input").checked;
  });
  document.querySelectorAll(".rules-group").forEach((group) => {
    group.hidden = !group.querySelector(".rule:not([hidden])");
  });
});
search.addEventListener("keydown", (event) => {
  if (event.key !== "Enter") return;
  event.preventDefault();
  document.querySelector(".rule:not([hidden]) input")?.focus();
});

// An objection names a rule, and Enter is no verdict: say so before the server does.
document.getElementById("vote").addEventListener("submit", (event) => {
  if (event.submitter?.hasAttribute("data-undecided")) return event.preventDefault();
  if (!event.submitter?.hasAttribute("data-needs-rule") || document.querySelector(".rule input:checked")) return;
  event.preventDefault();
  say(said.dataset.rule);
  return search.focus();
});
