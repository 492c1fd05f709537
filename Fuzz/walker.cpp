// SPDX-License-Identifier: Apache-2.0
// Fuzzes the walker over trail data: any bytes must give rows that lie within the buffer, in a
// number bounded by its size, with fields that lie within their rows; and the same rows whether
// records are taken in one go or pair by pair.
#include "trail_walk.h"

#include <cstdlib>
#include <cstring>
#include <memory>
#include <vector>

namespace {

constexpr size_t capacity = 16;
constexpr size_t padding = 64;

void require(bool holds) {
  if (!holds) abort();
}

// Every byte of every field is read, so that the address check sees the ones out of bounds.
unsigned sum_of_fields(const trail_row &row, const trail_field *fields, const uint8_t *bytes) {
  unsigned sum = 0;
  for (int id = 0; id < TRAIL_FIELD_COUNT; id++) {
    const trail_field &field = fields[id];
    if (field.kind == TRAIL_ABSENT) continue;
    const size_t start = row.start + field.offset;
    require(start + field.length <= row.end);
    for (size_t index = start; index < start + field.length; index++) sum += bytes[index];
  }
  return sum;
}

// What a walker says of some bytes, comparable as bytes.
std::vector<uint8_t> walk(trail_walker *walker, const uint8_t *bytes, size_t size) {
  static std::vector<trail_row> rows(capacity);
  static std::vector<trail_field> fields(capacity * TRAIL_FIELD_COUNT);
  std::vector<uint8_t> said;
  auto say = [&](auto value) {
    auto *first = reinterpret_cast<const uint8_t *>(&value);
    said.insert(said.end(), first, first + sizeof value);
  };
  volatile unsigned sum = 0;
  size_t total = 0;
  trail_walker_begin(walker, bytes, size);
  while (size_t count = trail_walker_next(walker, rows.data(), fields.data(), capacity)) {
    total += count;
    require(total <= size + capacity);
    for (size_t index = 0; index < count; index++) {
      const trail_row &row = rows[index];
      require(row.start <= row.end && row.end <= size);
      say(row.start);
      say(row.end);
      for (auto part : {row.kind, uint8_t(row.holds_rows), uint8_t(row.invalid_utf8),
                        uint8_t(row.has_escapes)}) {
        say(part);
      }
      if (row.kind != TRAIL_ROW_OBJECT) continue;
      const trail_field *own = &fields[index * TRAIL_FIELD_COUNT];
      sum = sum + sum_of_fields(row, own, bytes);
      for (int id = 0; id < TRAIL_FIELD_COUNT; id++) {
        if (own[id].kind != TRAIL_ABSENT) say(own[id]);
      }
    }
  }
  return said;
}

trail_walker *made(bool takes_pairs) {
  trail_walker *walker = trail_walker_create();
  if (takes_pairs) trail_walker_take_pairs(walker);
  return walker;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static trail_walker *const fast = made(false), *const slow = made(true);
  // On the heap and of the exact size: one byte too far is a finding.
  const std::unique_ptr<uint8_t[]> bytes(new uint8_t[size + padding]());
  if (size > 0) memcpy(bytes.get(), data, size);

  require(walk(fast, bytes.get(), size) == walk(slow, bytes.get(), size));
  return 0;
}
