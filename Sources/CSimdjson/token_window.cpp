// SPDX-License-Identifier: Apache-2.0
#include "token_window.h"
#include <new>

using simdjson::error_code;
using simdjson::stage1_mode;

namespace {

constexpr size_t none = size_t(-1);

} // namespace

bool token_window::prepare() {
  const auto &best = simdjson::get_active_implementation();
  if (best->create_dom_parser_implementation(usual_length, 1, parser) != simdjson::SUCCESS) {
    return false;
  }
  for (uint8_t byte = 0; byte < ' '; byte++) patches[byte] = is_blank(byte) ? ' ' : 0x7F;
  /* The x86 kernels take these two for separators, which a window's own bytes must not change. */
  if (is_separator(0x0C)) patches[0x0C] = ',';
  if (is_separator(0x1A)) patches[0x1A] = ':';
  return true;
}

/* Whether stage 1 gives a byte an index of its own between two digits. */
bool token_window::is_separator(uint8_t byte) {
  uint8_t text[3 + simdjson::SIMDJSON_PADDING] = {'1', byte, '1'};
  return parser->stage1(text, 3, stage1_mode::regular) == simdjson::SUCCESS &&
         parser->n_structural_indexes == 3;
}

void token_window::begin(const uint8_t *all, size_t size) {
  bytes = all;
  total = size;
  want = usual_length;
  base = length = count = usable = taken = 0;
  is_last = is_starved = is_not_utf8 = has_given_up = false;
}

void token_window::move(size_t to) {
  want = first_length;
  base = std::min(to, total);
  length = count = usable = taken = 0;
  is_last = is_starved = has_given_up = false;
}

bool token_window::advance() {
  if (is_last && taken >= count) return false;
  size_t from = position();
  bool is_stuck = from == base && length > 0;
  want = is_stuck ? std::max(want, length) * 2 : std::min(want * 2, usual_length);
  has_given_up = want > longest || !index(from, want);
  return !has_given_up;
}

/* Where to end a window: before an object that a window can begin with, so outside of strings. */
size_t token_window::cut(size_t from, size_t wanted_length) const {
  if (total - from <= wanted_length) return total;
  size_t end = from + wanted_length;
  for (size_t at = end; at > from + wanted_length / 2; at--) {
    if (bytes[at] == '{' && (bytes[at + 1] == '"' || is_blank(bytes[at + 1]))) return at;
  }
  return end;
}

bool token_window::index(size_t from, size_t wanted_length) {
  size_t end = cut(from, wanted_length);
  base = from;
  length = end - from;
  taken = count = usable = 0;
  is_last = end == total;
  is_starved = false;
  view = bytes + base;
  next_escape = nullptr;
  if (length == 0) return true;
  error_code error = simdjson::SUCCESS;
  if (length > parser->capacity()) error = parser->set_capacity(length);
  if (error == simdjson::SUCCESS) error = parser->stage1(view, length, stage1_mode::regular);
  if (error == simdjson::UNCLOSED_STRING || error == simdjson::UNESCAPED_CHARS) {
    error = index_patched();
  }
  if (error == simdjson::EMPTY) return true;
  if (error == simdjson::UTF8_ERROR) is_not_utf8 = true;
  else if (error != simdjson::SUCCESS) return false;
  count = parser->n_structural_indexes;
  while (count > 0 && tokens()[count - 1] >= length) count--;
  parser->structural_indexes[count] = uint32_t(length);
  usable = is_last || count == 0 ? count : count - 1;
  return true;
}

/* Stage 1 gives no indexes for a string that is cut by the end or holds control characters: it
 * gets a copy in which those are harmless within strings, and without them what they were, and a
 * string that is open at the end is closed. */
error_code token_window::index_patched() {
  std::unique_ptr<uint8_t[]> patched(
      new (std::nothrow) uint8_t[length + 2 + simdjson::SIMDJSON_PADDING]);
  if (!patched) return simdjson::MEMALLOC;
  for (size_t i = 0; i < length; i++) {
    patched[i] = view[i] >= ' ' ? view[i] : patches[view[i]];
  }
  memset(&patched[length], ' ', 2 + simdjson::SIMDJSON_PADDING);
  error_code error = simdjson::SUCCESS;
  if (length + 2 > parser->capacity()) error = parser->set_capacity(length + 2);
  if (error == simdjson::SUCCESS) error = parser->stage1(patched.get(), length, stage1_mode::regular);
  if (error != simdjson::UNCLOSED_STRING) return error;
  patched[length + 1] = '"'; /* after a blank, which a backslash may take */
  return parser->stage1(patched.get(), length + 2, stage1_mode::regular);
}

/* Where the string of a token ends: what follows it, without the blanks before. */
size_t token_window::closing_quote(size_t token) const {
  size_t start = tokens()[token], end = tokens()[token + 1];
  while (end > start + 1 && is_blank(view[end - 1])) end--;
  return end > start + 1 && view[end - 1] == '"' ? end - 1 : none;
}

/* Looks for a backslash from some place on; one that was found serves until it is passed, so that
 * in all the bytes are gone over about once. */
const uint8_t *token_window::find_escape(const uint8_t *from) {
  static const uint8_t *const nowhere = reinterpret_cast<const uint8_t *>(UINTPTR_MAX);
  if (next_escape < from) {
    const void *found = memchr(from, '\\', size_t(view + length - from));
    next_escape = found ? static_cast<const uint8_t *>(found) : nowhere;
  }
  return next_escape;
}

const uint8_t *token_window::read_key(size_t &token, size_t &key_length) {
  if (!is(token, '"') || !is(token + 1, ':')) return nullptr;
  size_t start = tokens()[token] + 1, end = closing_quote(token);
  if (end == none) return nullptr;
  key_length = end - start;
  token += 2;
  return view + start;
}

bool token_window::follows(size_t token, uint8_t allowed) const {
  return (allowed >> classes.of[view[tokens()[token]]]) & 1;
}

bool token_window::read_value(size_t &token, trail_field &value) {
  if (needs_more(token)) return false;
  size_t start = tokens()[token];
  switch (classes.of[view[start]]) {
  case QUOTE: {
    size_t end = closing_quote(token);
    bool is_followed = token + 1 < count;
    if (end == none || (is_followed && !follows(token + 1, after_value))) return false;
    bool is_escaped = has_escape(view + start + 1, view + end);
    value = {1, uint32_t(end - start - 1), is_escaped ? TRAIL_ESCAPED_STRING : TRAIL_STRING};
    token++;
    return true;
  }
  case SCALAR: {
    size_t end = tokens()[token + 1];
    while (end > start && is_blank(view[end - 1])) end--;
    value = {0, uint32_t(end - start), TRAIL_SCALAR};
    if (value.length == 4 && memcmp(view + start, "null", 4) == 0) value.kind = TRAIL_ABSENT;
    token++;
    return true;
  }
  case OPEN_OBJECT:
  case OPEN_ARRAY: {
    uint32_t kind = view[start] == '{' ? TRAIL_OBJECT : TRAIL_ARRAY;
    if (!skip(token)) return false;
    value = {0, tokens()[token - 1] + 1 - uint32_t(start), kind};
    return true;
  }
  default: return false;
  }
}

/* Goes behind a value without looking into it, but for which brackets match and what may follow
 * what: a lost quote turns strings inside out, and the first token after it says so. */
bool token_window::skip(size_t &token) {
  size_t depth = 0, at = token;
  uint64_t arrays = 0; /* the kinds of the innermost 64 open brackets */
  bool is_deep = false;
  const uint32_t *positions = tokens();
  uint8_t allowed = value_start;
  for (; at < usable; at++) {
    uint8_t byte = view[positions[at]], what = classes.of[byte];
    if (!((allowed >> what) & 1)) break;
    allowed = followers_of[what];
    if (what <= OPEN_ARRAY) {
      arrays = arrays << 1 | (what == OPEN_ARRAY);
      is_deep |= ++depth > 64;
      continue;
    }
    if (what == CLOSE) {
      if (!is_deep && (arrays & 1) != (byte == ']')) break;
      arrays >>= 1;
      depth--;
    } else if (depth > 0) {
      continue;
    }
    if (depth == 0) {
      token = at + 1;
      return true;
    }
  }
  is_starved = at >= usable && !is_last;
  if (!is_starved) token = at; /* what is wrong, or the end */
  return false;
}

size_t token_window::next_object(size_t from) const {
  while (from < total) {
    const void *brace = memchr(bytes + from, '{', total - from);
    if (!brace) return total;
    size_t at = size_t(static_cast<const uint8_t *>(brace) - bytes), after = at + 1;
    while (after < total && is_blank(bytes[after])) after++;
    if (after < total && bytes[after] == '"') return at;
    from = at + 1;
  }
  return total;
}

bool token_window::rest_is_blank() const {
  size_t at = position();
  while (at < total && is_blank(bytes[at])) at++;
  return at >= total;
}

bool token_window::has_invalid_utf8(size_t start, size_t end, bool is_checked) const {
  if ((is_checked && !is_not_utf8) || end < start) return false;
  auto *text = reinterpret_cast<const char *>(bytes + start);
  return !simdjson::get_active_implementation()->validate_utf8(text, end - start);
}
