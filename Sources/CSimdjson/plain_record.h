// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "token_window.h"

/* A key of an object, as a number: an index into wanted_keys, or one behind them for none of them
 * in each scope, which also stands before the first key. */
using key_number = uint8_t;
constexpr size_t wanted_count = std::size(wanted_keys);
static_assert(wanted_count + NO_SCOPE < 255, "keys have numbers of a byte");
constexpr key_number unwanted(scope in) { return key_number(wanted_count + in); }
constexpr scope scope_of(key_number key) {
  return key < wanted_count ? wanted_keys[key].in : scope(key - wanted_count);
}

inline constexpr key_table keys;

/* A key with its quotes and its colon, in three words that are compared at once. */
struct alignas(64) quoted_key {
  static constexpr size_t longest = 24;
  uint64_t words[3] = {}, masks[3] = {};
  action what = action::skip;
  uint8_t target = 0; /* as that of wanted_keys */

  /* None of the wanted, which stands nowhere: no token begins with a blank. */
  constexpr quoted_key() { put(0, ' '); }
  constexpr quoted_key(const wanted &key) : what(key.what), target(key.target) {
    size_t length = 0;
    put(length++, '"');
    for (char letter : key.name) put(length++, letter);
    put(length++, '"');
    put(length++, ':');
  }

  /* Whether it stands here; looks at as many bytes as the longest has. */
  [[gnu::always_inline]] bool is_at(const uint8_t *text) const {
    uint64_t found[3];
    memcpy(found, text, sizeof found);
    return (((found[0] ^ words[0]) & masks[0]) | ((found[1] ^ words[1]) & masks[1]) |
            ((found[2] ^ words[2]) & masks[2])) == 0;
  }

private:
  constexpr void put(size_t at, char byte) {
    words[at / 8] |= uint64_t(uint8_t(byte)) << (8 * (at % 8));
    masks[at / 8] |= uint64_t(255) << (8 * (at % 8));
  }
};

/* The keys by number. */
struct quoted_keys {
  quoted_key of[wanted_count + NO_SCOPE];
  constexpr quoted_keys() {
    for (size_t i = 0; i < wanted_count; i++) of[i] = quoted_key(wanted_keys[i]);
  }
};

/* Walks a record in one go: the fast twin of the walk pair by pair in trail_walk.cpp, which takes
 * what this one gives up.
 *
 * It gives up at whatever is unusual: damage, the end of a window, rows within the object. By then
 * it has told nothing, so there is nothing to undo. What it accepts, the other accepts alike. */
class plain_record {
public:
  /* `followers` are the walker's; `fields` those of the row. */
  plain_record(token_window &window, key_number *followers, trail_field *fields)
      : window(window), view(window.text()), at(window.positions()), usable(window.usable_count()),
        followers(followers), fields(fields) {}

  /* Goes from the opening brace to the closing one. */
  bool walk(size_t &token);
  /* Whether one of the fields has escapes. */
  bool has_escapes = false;
  /* Whether it was given up at the end of the window alone. */
  bool is_cut = false;

private:
  static constexpr int deepest = 8;

  token_window &window;
  const uint8_t *const view;
  const uint32_t *const at;
  const size_t usable;
  key_number *const followers;
  trail_field *const fields;
  uint32_t start = 0; /* of the record in the window */

  bool find_key(size_t token, key_number &key);
  bool keep_text(size_t value, size_t end, uint8_t field);
  void keep_scalar(size_t value, size_t end, uint8_t field);
  bool pass_container(size_t &token, const quoted_key &key);
  bool skip(size_t &token);
  bool starve() {
    is_cut = true;
    return false;
  }
};
