import { prepareBackstage } from "./backstage.js";
import { prepareClock } from "./clock.js";
import { prepareComposer, write } from "./composer.js";
import { frameDialogs } from "./dialogs.js";
import { $, icon } from "./dom.js";
import { prepareFeed } from "./feed.js";
import { prepareForward } from "./forward.js";
import { prepareInfo } from "./info.js";
import { prepareLesson } from "./lesson.js";
import { connect } from "./live.js";
import { prepareMenu } from "./menu.js";
import { prepareNewGroup } from "./newgroup.js";
import { alertBox, strip, toast } from "./notices.js";
import { prepareOptions } from "./options.js";
import { preparePacks } from "./packs.js";
import { preparePins } from "./pins.js";
import { prepareSide, show } from "./side.js";
import { apply, langOf, on, speakAs, state, student, teacher } from "./state.js";
import { t } from "./texts.js";
import { prepareTopics } from "./topics.js";

function prepareHelp() {
  $("help-button").addEventListener("click", () => $("help").showModal());
  for (const button of document.querySelectorAll("[data-try]")) {
    button.addEventListener("click", () => tryIt(button.dataset.try));
  }
}

function tryIt(what) {
  $("help").close();
  show("group");
  speakAs((what === "ask" ? student() : teacher()).id);
  write(what === "ask" ? t("try_ask_text") : "/discuss");
}

function prepareAnswers() {
  on("answer", (answer) => {
    if (answer.person !== state.me || !answer.text) return;
    const show = answer.alert ? alertBox : toast;
    show(answer.text, { lang: langOf(answer.text) });
  });
}

function onConnection(status) {
  const words = { open: null, lost: "connecting", gone: "gone" };
  strip(words[status] ? t(words[status]) : null);
}

function drawIcons() {
  for (const place of document.querySelectorAll("[data-icon]")) place.prepend(icon(place.dataset.icon));
}

async function begin() {
  frameDialogs();
  drawIcons();
  await prepareOptions();
  prepareSide();
  prepareMenu();
  prepareInfo();
  prepareNewGroup();
  prepareTopics();
  preparePins();
  prepareForward();
  prepareFeed();
  prepareComposer();
  prepareLesson();
  prepareClock();
  prepareBackstage();
  preparePacks();
  prepareHelp();
  prepareAnswers();
  on("language", () => $("announcer").replaceChildren()); // said in the language before
  on("snapshot", () => document.body.classList.add("ready"));
  connect(apply, onConnection);
}

begin();
