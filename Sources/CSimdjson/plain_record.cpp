// SPDX-License-Identifier: Apache-2.0
#include "plain_record.h"

namespace {

constexpr quoted_keys known;

/* The end of the innermost of some brackets, whose kinds are bits: 1 for a list. */
uint8_t closing(uint64_t lists) { return lists & 1 ? ']' : '}'; }

} // namespace

bool plain_record::walk(size_t &first) {
  key_number outer[deepest], key = unwanted(RECORD);
  int depth = 0;
  start = at[first];
  memset(fields, 0, sizeof(trail_field) * TRAIL_FIELD_COUNT);
  for (size_t token = first + 1;; token++) {
    if (token + 3 >= usable) return starve();
    key_number likely = followers[key];
    if (known.of[likely].is_at(view + at[token])) key = likely;
    else if (!find_key(token, key)) return false;
    const quoted_key &entry = known.of[key];
    size_t value = at[token + 2], end = at[token + 3];
    uint8_t what = classes.of[view[value]];
    if (what == QUOTE) {
      if (entry.what == action::keep && !keep_text(value, end, entry.target)) return false;
      token += 3;
    } else if (what == SCALAR) {
      if (entry.what == action::keep) keep_scalar(value, end, entry.target);
      token += 3;
    } else if (what == OPEN_OBJECT && entry.what == action::enter && view[end] == '"') {
      if (depth == deepest) return false;
      outer[depth++] = key;
      key = unwanted(scope(entry.target));
      token += 2;
      continue;
    } else {
      token += 2;
      if (what > OPEN_ARRAY || !pass_container(token, entry)) return false;
    }
    for (; view[at[token]] == '}'; token++) {
      if (depth == 0) {
        first = token;
        return true;
      }
      key = outer[--depth];
      if (token + 1 >= usable) return starve();
    }
    if (view[at[token]] != ',') return false;
  }
}

/* Finds a key that is not the one expected; it is expected next time. */
[[gnu::noinline]] bool plain_record::find_key(size_t token, key_number &key) {
  size_t length;
  const uint8_t *name = window.read_key(token, length);
  if (!name) return false;
  scope in = scope_of(key);
  const wanted *entry = keys.find(in, name, length);
  if (!entry && window.has_escape(name, name + length)) return false;
  key = followers[key] = entry ? key_number(entry - wanted_keys) : unwanted(in);
  return true;
}

/* Keeps a string between its first quote and the token behind it. */
inline bool plain_record::keep_text(size_t value, size_t end, uint8_t field) {
  while (end > value + 1 && is_blank(view[end - 1])) end--;
  if (end <= value + 1 || view[end - 1] != '"') return false;
  bool is_escaped = window.has_escape(view + value + 1, view + end - 1);
  has_escapes |= is_escaped;
  fields[field] = {uint32_t(value) + 1 - start, uint32_t(end - value - 2),
                   is_escaped ? TRAIL_ESCAPED_STRING : TRAIL_STRING};
  return true;
}

inline void plain_record::keep_scalar(size_t value, size_t end, uint8_t field) {
  while (is_blank(view[end - 1])) end--;
  bool is_null = end - value == 4 && memcmp(view + value, "null", 4) == 0;
  fields[field] = {uint32_t(value) - start, uint32_t(end - value),
                   is_null ? TRAIL_ABSENT : TRAIL_SCALAR};
}

/* Goes behind an object or a list, which may be a field but must not hold rows. */
inline bool plain_record::pass_container(size_t &token, const quoted_key &key) {
  if (key.what == action::descend) return false;
  size_t value = at[token];
  if (!skip(token)) return false;
  if (token >= usable) return starve();
  if (key.what == action::keep) {
    uint32_t kind = view[value] == '{' ? TRAIL_OBJECT : TRAIL_ARRAY;
    fields[key.target] = {uint32_t(value) - start, at[token - 1] + 1 - uint32_t(value), kind};
  }
  return true;
}

/* Goes behind an object or a list, value by value: stricter than token_window::skip, which goes
 * token by token. */
inline bool plain_record::skip(size_t &token) {
  uint64_t lists = 0; /* the kinds of the open brackets, the innermost lowest */
  int depth = 0;
  size_t next = token;
  for (uint8_t byte = view[at[next]];;) {
    if (byte == '{' || byte == '[') {
      if (++depth == 64) return false;
      lists = lists << 1 | (byte == '[');
      byte = view[at[++next]];
    } else {
      if (byte != '"' && classes.of[byte] != SCALAR) return false;
      byte = view[at[++next]];
      if (byte == ',') byte = view[at[++next]];
      else if (byte != closing(lists)) return false;
    }
    while (byte == closing(lists)) {
      lists >>= 1;
      next++;
      if (--depth == 0) {
        token = next;
        return true;
      }
      if (next + 4 >= usable) return starve();
      byte = view[at[next]];
      if (byte == ',') byte = view[at[++next]];
      else if (byte != closing(lists)) return false;
    }
    if (next + 4 >= usable) return starve();
    if (lists & 1) continue;
    if (byte != '"' || view[at[next + 1]] != ':') return false;
    next += 2;
    byte = view[at[next]];
  }
}
