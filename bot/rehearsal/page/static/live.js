const waiting = new Map();
let socket = null;
let number = 0;
let pause = 500;
let failures = 0;
const GIVE_UP = 4;

export function connect(onChange, onConnection) {
  const scheme = location.protocol === "https:" ? "wss" : "ws";
  socket = new WebSocket(`${scheme}://${location.host}/live`);
  socket.addEventListener("open", () => {
    pause = 500;
    failures = 0;
    onConnection("open");
  });
  socket.addEventListener("message", (event) => receive(JSON.parse(event.data), onChange));
  socket.addEventListener("close", () => {
    for (const { reject } of waiting.values()) reject(new Error(""));
    waiting.clear();
    failures += 1;
    onConnection(failures > GIVE_UP ? "gone" : "lost");
    setTimeout(() => connect(onChange, onConnection), pause);
    pause = Math.min(pause * 2, 8000);
  });
}

function receive(change, onChange) {
  const asked = waiting.get(change.n);
  if (change.kind === "done") asked?.resolve(change);
  else if (change.kind === "refused") asked?.reject(new Error(change.reason));
  else onChange(change);
  if (asked) waiting.delete(change.n);
}

export function act(name, details = {}) {
  return new Promise((resolve, reject) => {
    if (socket?.readyState !== WebSocket.OPEN) {
      reject(new Error(""));
      return;
    }
    number += 1;
    waiting.set(number, { resolve, reject });
    socket.send(JSON.stringify({ n: number, act: name, ...details }));
  });
}
