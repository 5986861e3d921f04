import { $, h } from "./dom.js";
import { announce, toast } from "./notices.js";
import { langOf, on, state } from "./state.js";
import { t } from "./texts.js";

const MOST = 8;
const GAP = "\u0000"; // where the title goes, which may be in another language than the sentence

export function preparePacks() {
  for (const topic of ["snapshot", "language", "pack"]) on(topic, draw);
  on("pack", (news) => {
    if (news.state !== "loaded") return;
    const words = t("pack_loaded", { ...news, title: titleOf(news) });
    announce(words);
    toast(words);
  });
}

function narrow() {
  return matchMedia("(max-width: 46rem)").matches; // as in style.css: there is room for the headline only
}

function titleOf(news) {
  return news.title || news.pack;
}

function draw() {
  $("packs").replaceChildren(...state.packs.map((news) => (news.state === "gone" ? gone(news) : broken(news))));
}

function gone(news) {
  return h("p", {}, about("pack_gone", news));
}

function about(key, news) {
  const [before, after] = t(key, { title: GAP, count: news.problems.length }).split(GAP);
  return [before, h("bdi", { lang: langOf(titleOf(news)) }, titleOf(news)), after];
}

function broken(news) {
  return h(
    "details",
    { open: !narrow() },
    h("summary", {}, about("pack_broken", news)),
    h("ul", { lang: "zh" }, news.problems.slice(0, MOST).map((problem) => h("li", {}, problem))),
  );
}
