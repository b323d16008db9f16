// Tells lines that people look for from the others, by the words that programs use.

const NOTHING = /\b(?:0|no|without) (?:errors?|failures?|failed|warnings?|problems?)\b/gi;
const ERROR = /\b(?:errors?|fatal|failed|failures?|exception|panic|traceback|cannot|refused)\b|[a-z](?:Error|Exception)\b|^Problem: |exit code [1-9]|\[ERR/;
const ERROR_ANY_CASE = /\b(?:error|fatal|failed|failure|panic)\b/i;
const WARNING = /\b(?:warn|warning|deprecated|forced)\b/i;

/** "error", "warning" or nothing */
export function severity(text) {
  const rest = text.replace(NOTHING, "");
  return ERROR.test(rest) || ERROR_ANY_CASE.test(rest) ? "error" : WARNING.test(rest) ? "warning" : "";
}
