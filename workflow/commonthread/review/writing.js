// What a person typed, as any file can hold it, and when.
const writing = (() => {
  "use strict";
  // No half characters, and none that cannot be seen.
  const cleaned = (text, longest) =>
    text
      .slice(0, longest)
      .replace(/\r\n?/g, "\n")
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, " ")
      .replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd");
  // The time as it is here, with how far it is from universal time.
  const now = () => {
    const time = new Date();
    const ahead = -time.getTimezoneOffset();
    const two = (value) => String(Math.trunc(Math.abs(value))).padStart(2, "0");
    const local = new Date(time.getTime() + ahead * 60000).toISOString().slice(0, 19);
    return `${local}${ahead < 0 ? "-" : "+"}${two(ahead / 60)}:${two(ahead % 60)}`;
  };
  return { cleaned, now };
})();
