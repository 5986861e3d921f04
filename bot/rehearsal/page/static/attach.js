import { $ } from "./dom.js";
import { toast } from "./notices.js";
import { t } from "./texts.js";

const MOST = 8 * 1024 * 1024;

export function prepareAttaching(onFile) {
  $("attach").addEventListener("click", () => $("attach-file").click());
  $("attach-file").addEventListener("change", async () => {
    const [file] = $("attach-file").files;
    $("attach-file").value = "";
    if (!file) return;
    if (file.size > MOST) toast(t("too_big"));
    else onFile({ name: file.name, data: await base64(file) });
  });
}

async function base64(file) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let binary = "";
  for (let at = 0; at < bytes.length; at += 0x8000) binary += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(binary);
}
