import { $, avatar, h, nameOf } from "./dom.js";
import { act } from "./live.js";
import { showFailure } from "./notices.js";
import { go } from "./places.js";
import { langOf, me, state, tint } from "./state.js";
import { t } from "./texts.js";

export function prepareNewGroup() {
  $("new-group").addEventListener("click", open);
  $("group-dialog-form").addEventListener("submit", found);
  $("group-kind").addEventListener("change", settleTopics);
}

function open() {
  $("group-dialog-form").reset();
  settleTopics();
  $("group-founder").textContent = t("founder", { name: nameOf(me()) });
  $("group-people").replaceChildren(...state.people.filter((each) => each.id !== state.me).map(candidate));
  $("group-dialog").showModal();
  $("group-people").scrollTop = 0;
}

function settleTopics() {
  $("group-forum").disabled = $("group-kind").value === "group";
  if ($("group-forum").disabled) $("group-forum").checked = false;
}

function candidate(person) {
  const member = h("input", { type: "checkbox", name: "members", value: person.id, checked: true });
  const admin = h("input", { type: "checkbox", name: "admins", value: person.id });
  member.addEventListener("change", () => {
    admin.disabled = !member.checked;
    if (admin.disabled) admin.checked = false;
  });
  const name = h("bdi", { lang: langOf(nameOf(person)) }, nameOf(person));
  const whose = h("span", { class: "hidden", lang: langOf(nameOf(person)) }, ` ${nameOf(person)}`);
  return h("li", {}, h("label", { class: "check" }, member, avatar(person, tint(person)), name), h("label", { class: "check as" }, admin, h("span", {}, t("admin_tag"), whose)));
}

async function found(event) {
  if (event.submitter?.value !== "add") return;
  event.preventDefault();
  const form = new FormData($("group-dialog-form"));
  const numbers = (name) => form.getAll(name).map(Number);
  try {
    const done = await act("new_group", {
      person: state.me,
      title: form.get("title"),
      type: form.get("type"),
      forum: form.has("forum"),
      bot: form.get("bot"),
      members: numbers("members"),
      admins: numbers("admins"),
    });
    $("group-dialog").close();
    document.body.dataset.view = "group";
    go("group", done.chat);
    $("box").focus();
  } catch (error) {
    showFailure(error);
  }
}
