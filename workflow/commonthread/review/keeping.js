// What this browser keeps of the work, from one opening of the page to the next. Every page that is
// opened from a file may share this place, so it gets ids and what a person decides or writes, and no
// words of workshops.
// "isKnown" tells whether an id is that of something that this page keeps.
const openStore = (packId, isKnown) => {
  "use strict";
  const version = 1;
  const head = `commonthread:${packId}`;
  const keyOf = (id) => `${head}:${id}`;
  const idOf = (key) => (key.startsWith(`${head}:`) ? key.slice(head.length + 1) : null);
  let working = true;
  let whenLost = () => {};

  const tried = (act, otherwise) => {
    try {
      return act();
    } catch {
      if (working) {
        working = false;
        whenLost();
      }
      return otherwise;
    }
  };
  const parsed = (text) => {
    try {
      return JSON.parse(text);
    } catch {
      return null;
    }
  };
  const read = (key) => tried(() => parsed(window.localStorage.getItem(key)), null);
  const write = (key, value) => {
    tried(() => window.localStorage.setItem(key, JSON.stringify(value)), undefined);
  };
  const keys = () =>
    tried(() => Object.keys(window.localStorage).filter((key) => isKnown(idOf(key))), []);

  // A private window may offer the place and refuse to fill it.
  tried(() => {
    window.localStorage.setItem(`${head}:`, "1");
    window.localStorage.removeItem(`${head}:`);
  });

  return {
    works: () => working,
    onLost: (act) => {
      whenLost = act;
    },
    readHead: () => {
      const kept = read(head);
      return kept !== null && kept.version === version ? kept : {};
    },
    writeHead: (values) => write(head, { ...values, version }),
    readAll: () => new Map(keys().map((key) => [idOf(key), read(key)])),
    write: (id, record) => {
      if (record) write(keyOf(id), record);
      else tried(() => window.localStorage.removeItem(keyOf(id)), undefined);
    },
    forget: () => {
      for (const key of [head, ...keys()]) tried(() => window.localStorage.removeItem(key));
    },
    // When the same pack is open twice, each page takes in what is done in the other.
    onOther: (act) => {
      window.addEventListener("storage", ({ key, newValue }) => {
        const id = key === null ? null : idOf(key);
        if (isKnown(id)) act(id, newValue === null ? null : parsed(newValue));
      });
    },
  };
};
