// Numbers, days and codes as a person reads them, in the language of the page.

const LOCALES = { vi: "vi-VN", en: "en-GB" };
// A number and its unit stay on one line.
const SPACE = "\u00a0";
// Making one takes longer than a hundred numbers written with it.
const formats = new Map();

export function formatNumber(value, decimals, language, { trim = false } = {}) {
  const key = `${language} ${decimals} ${trim}`;
  if (!formats.has(key)) {
    const least = trim ? 0 : decimals;
    const form = { minimumFractionDigits: least, maximumFractionDigits: decimals };
    formats.set(key, new Intl.NumberFormat(LOCALES[language], form));
  }
  return formats.get(key).format(value);
}

export function formatDay(value, language) {
  const [year, month, day] = value.split("-");
  if (language === "vi") return `${day}/${month}/${year}`;
  const short = new Date(Date.UTC(2000, Number(month) - 1, 1)).toLocaleString("en-US", { month: "short", timeZone: "UTC" });
  return `${Number(day)} ${short} ${year}`;
}

/** The text of one field of a feature, or null where there is no value. */
export function formatField(field, properties, { language, words }) {
  const value = properties[field.column];
  if (value === null || value === undefined || value === "") return null;
  const unit = field.unit ? SPACE + field.unit : "";
  switch (field.type) {
    case "number":
      return formatNumber(value, field.decimals, language, { trim: field.unit !== "%" }) + unit;
    case "integer":
      return formatNumber(value, 0, language) + unit;
    case "date":
      return formatDay(value, language);
    case "boolean":
      return value ? words.yes : words.no;
    case "code":
      return field.labels[value] ?? String(value);
    default:
      return String(value);
  }
}

/** Put values into the places {name} of a sentence. */
export function say(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (place, name) => (name in values ? String(values[name]) : place));
}

/** Lower case without accents, so that "khanh phu" finds "Khánh Phú". */
export function fold(text) {
  return text.toLocaleLowerCase("vi").normalize("NFD").replace(/\p{Diacritic}/gu, "").replaceAll("đ", "d");
}
