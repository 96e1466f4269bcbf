// What a page to work on remembers besides the work: small things, such as where one was, and the id
// by which what is saved here is known again. "lost" is called once if this browser keeps nothing.
const openMemory = (store, lost) => {
  "use strict";
  store.onLost(lost);
  let head = store.readHead();
  if (!store.works()) lost();
  const remember = (values) => {
    head = { ...head, ...values };
    store.writeHead(head);
  };
  const isCopy = (text) => typeof text === "string" && /^[0-9a-f]{32}$/.test(text);
  const newCopy = () =>
    [...crypto.getRandomValues(new Uint8Array(16))]
      .map((value) => value.toString(16).padStart(2, "0"))
      .join("");
  return {
    head: () => head,
    remember,
    forget: () => {
      head = {};
    },
    isCopy,
    copy: () => {
      if (!isCopy(head.copy)) remember({ copy: newCopy() });
      return head.copy;
    },
  };
};
