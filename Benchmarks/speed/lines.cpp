// SPDX-License-Identifier: Apache-2.0
// The limit of a stream: how fast one core can touch the fields of JSON lines that come through a
// pipe (simdjson, on demand), without counting anything.
// usage: lines < LINES; prints events and a checksum that keeps the work alive.
#include "fields.h"
#include <cstdio>
#include <unistd.h>
#include <vector>

/* Touches all records of some whole lines; as many bytes as simdjson wants stand behind them. */
static void touch(ondemand::parser &parser, const char *lines, size_t size, tally &into) {
  ondemand::document_stream documents;
  if (parser.iterate_many(lines, size, size + 1).get(documents)) abort();
  for (auto document : documents) touch_record(document.get_object(), into);
}

int main() {
  constexpr size_t room = 256 << 10;
  ondemand::parser parser;
  std::vector<char> bytes;
  tally sum;
  size_t count = 0;
  while (true) {
    bytes.resize(count + room + simdjson::SIMDJSON_PADDING);
    ssize_t added = read(0, bytes.data() + count, room);
    if (added < 0) return perror("lines"), 2;
    if (added == 0) break;
    count += size_t(added);
    auto *end = static_cast<char *>(memrchr(bytes.data(), '\n', count));
    if (!end) continue;
    size_t whole = size_t(end - bytes.data()) + 1;
    touch(parser, bytes.data(), whole, sum);
    memmove(bytes.data(), bytes.data() + whole, count - whole);
    count -= whole;
  }
  if (count > 0) touch(parser, bytes.data(), count, sum);
  printf("%zu %zu\n", sum.events, sum.checksum);
}
