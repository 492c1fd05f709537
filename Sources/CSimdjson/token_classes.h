// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <initializer_list>

inline bool is_blank(uint8_t byte) {
  return byte == ' ' || byte == '\n' || byte == '\r' || byte == '\t';
}

/* The classes of tokens, and which may follow which within a value. */
enum token_class : uint8_t { OPEN_OBJECT, OPEN_ARRAY, CLOSE, COLON, COMMA, QUOTE, SCALAR, BAD };

struct token_classes {
  uint8_t of[256] = {};
  constexpr token_classes() {
    for (auto &each : of) each = BAD;
    for (char digit = '0'; digit <= '9'; digit++) of[uint8_t(digit)] = SCALAR;
    for (char first : {'-', 't', 'f', 'n'}) of[uint8_t(first)] = SCALAR;
    of[uint8_t('{')] = OPEN_OBJECT;
    of[uint8_t('[')] = OPEN_ARRAY;
    of[uint8_t('}')] = of[uint8_t(']')] = CLOSE;
    of[uint8_t(':')] = COLON;
    of[uint8_t(',')] = COMMA;
    of[uint8_t('"')] = QUOTE;
  }
};
inline constexpr token_classes classes;

constexpr uint8_t set(std::initializer_list<token_class> members) {
  uint8_t bits = 0;
  for (auto member : members) bits |= uint8_t(1 << member);
  return bits;
}
inline constexpr uint8_t value_start = set({OPEN_OBJECT, OPEN_ARRAY, QUOTE, SCALAR});
inline constexpr uint8_t after_value = set({CLOSE, COMMA});
inline constexpr uint8_t followers_of[] = {
    /* { */ set({QUOTE, CLOSE}),
    /* [ */ uint8_t(value_start | set({CLOSE})),
    /* ] */ after_value,
    /* : */ value_start,
    /* , */ uint8_t(value_start | set({CLOSE})), /* many writers leave a last comma */
    /* " */ uint8_t(after_value | set({COLON})),
    /* 1 */ after_value,
    /*   */ 0,
};
