// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "field_names.h"
#include "simdjson.h"
#include "token_classes.h"
#include <algorithm>
#include <memory>

/* Fuzzing makes windows small, so that short inputs cross many of them. */
#ifndef TRAIL_WINDOW_LENGTH
#define TRAIL_WINDOW_LENGTH (512 << 10)
#endif

/* The structural tokens of a part of the bytes: a window that fits the cache, moved along.
 *
 * After the end of a window that is not the last, a token may be missing, so every reader checks
 * that one more token follows; where none does, the reader returns false and `starved()`. */
class token_window {
public:
  bool prepare();
  void begin(const uint8_t *bytes, size_t size);

  /* Whether a token, and its follower where there is one, is at hand. */
  bool has_token() const { return taken < usable; }
  /* Moves on to where the reading stands, with a larger window if it has not moved; false at the
   * end of the bytes and where memory ends (`gave_up`). */
  bool advance();
  /* Goes to a byte outside of all strings. */
  void move(size_t to);

  size_t next() const { return taken; }
  void take(size_t token) {
    taken = token;
    is_starved = false;
  }
  /* Whether the last reader failed only because the window ended; then asks for another. */
  bool starved() {
    if (is_starved) usable = taken;
    return is_starved;
  }
  /* Asks for a window that begins with a token, where there is one. */
  bool begin_with(size_t token) {
    if (is_last || position_of(token) == base) return false;
    taken = usable = token;
    return true;
  }
  bool gave_up() const { return has_given_up; }
  /* Whether the bytes end with this token or before it. */
  bool ends_at(size_t token) const { return is_last && token + 1 >= count; }

  size_t size() const { return total; }
  size_t position_of(size_t token) const { return base + tokens()[std::min(token, count)]; }
  size_t position() const { return taken < count ? position_of(taken) : base + length; }
  bool is(size_t token, char what) {
    return !needs_more(token) && view[tokens()[token]] == what;
  }

  /* Goes to the value behind a key and its colon, if they stand here and nothing between them. */
  [[gnu::always_inline]] bool take_key(size_t &token, const packed_key &key) {
    if (token + 1 >= usable) return false;
    size_t quote = tokens()[token], colon = tokens()[token + 1];
    const uint8_t *name = view + quote + 1;
    if (colon - quote != key.length + 2 || view[quote] != '"' || view[colon] != ':') return false;
    if (name[key.length] != '"' || !key.is_at(name)) return false;
    token += 2;
    return true;
  }

  /* Reads a key and its colon, goes to the value. */
  const uint8_t *read_key(size_t &token, size_t &key_length);
  /* Reads a value, goes behind it; the offset counts from the value's first byte. */
  bool read_value(size_t &token, trail_field &value);
  bool skip(size_t &token);

  /* Whether a backslash stands among some bytes of the window. */
  [[gnu::always_inline]] bool has_escape(const uint8_t *start, const uint8_t *end) {
    return next_escape < end && find_escape(start) < end;
  }

  /* The tokens as they stand, for who looks at many at once and at none from `usable_count` on. */
  const uint8_t *text() const { return view; }
  const uint32_t *positions() const { return tokens(); }
  size_t usable_count() const { return usable; }

  /* What is known of the next backslash, to go back to with the tokens before it. */
  const uint8_t *escape() const { return next_escape; }
  void go_back_to(const uint8_t *escape) { next_escape = escape; }

  size_t next_object(size_t from) const;
  bool rest_is_blank() const;
  bool has_invalid_utf8(size_t start, size_t end, bool is_checked) const;

private:
  static constexpr size_t usual_length = TRAIL_WINDOW_LENGTH;
  static constexpr size_t first_length = std::min<size_t>(256, usual_length / 4);
  static constexpr size_t longest = 256 << 20;

  std::unique_ptr<simdjson::internal::dom_parser_implementation> parser;
  uint8_t patches[' '] = {}; /* what stands in a patched copy for each control character */
  const uint8_t *bytes = nullptr, *view = nullptr;
  /* The first backslash at or after the bytes that were asked about last; null if not looked for. */
  const uint8_t *next_escape = nullptr;
  size_t total = 0, base = 0, length = 0, want = usual_length;
  size_t count = 0, usable = 0, taken = 0;
  bool is_last = false, is_starved = false, is_not_utf8 = false, has_given_up = false;

  const uint32_t *tokens() const { return parser->structural_indexes.get(); }
  bool needs_more(size_t token) {
    if (token < usable) return false;
    is_starved = !is_last;
    return true;
  }
  size_t cut(size_t from, size_t wanted_length) const;
  bool index(size_t from, size_t wanted_length);
  simdjson::error_code index_patched();
  bool is_separator(uint8_t byte);
  const uint8_t *find_escape(const uint8_t *from);
  size_t closing_quote(size_t token) const;
  bool follows(size_t token, uint8_t allowed) const;
};
