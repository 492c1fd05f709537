// SPDX-License-Identifier: Apache-2.0
// The limit: how fast this machine can decompress trail files (libdeflate) and touch the fields that
// `trail-insights count` reads (simdjson, on demand), without counting anything.
// usage: limit THREADS FOLDER; prints seconds, events and a checksum that keeps the work alive.
#include "fields.h"
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <libdeflate.h>
#include <string>
#include <thread>
#include <vector>

class reader {
  libdeflate_decompressor *inflater = libdeflate_alloc_decompressor();
  ondemand::parser parser;
  std::vector<char> packed, plain;

  size_t expand(const std::string &path) {
    std::ifstream file(path, std::ios::binary | std::ios::ate);
    packed.resize(size_t(file.tellg()));
    file.seekg(0);
    file.read(packed.data(), std::streamsize(packed.size()));
    uint32_t size;
    memcpy(&size, packed.data() + packed.size() - 4, 4);
    if (plain.size() < size + simdjson::SIMDJSON_PADDING) {
      plain.resize(size + simdjson::SIMDJSON_PADDING);
    }
    auto result = libdeflate_gzip_decompress(inflater, packed.data(), packed.size(), plain.data(),
                                             size, nullptr);
    if (result != LIBDEFLATE_SUCCESS) throw std::runtime_error("damaged: " + path);
    return size;
  }

public:
  void read(const std::string &path, tally &into) {
    size_t size = expand(path);
    auto document = parser.iterate(plain.data(), size, plain.size());
    for (ondemand::object record : document["Records"].get_array()) touch_record(record, into);
  }
};

int main(int count, char **arguments) {
  if (count != 3) return fprintf(stderr, "usage: limit THREADS FOLDER\n"), 2;
  std::vector<std::string> files;
  for (auto &entry : std::filesystem::recursive_directory_iterator(arguments[2])) {
    if (entry.path().extension() == ".gz") files.push_back(entry.path());
  }
  auto begin = std::chrono::steady_clock::now();
  std::vector<tally> tallies(size_t(atoi(arguments[1])));
  std::vector<std::thread> threads;
  std::atomic<size_t> next{0};
  for (auto &each : tallies) {
    threads.emplace_back([&] {
      reader own;
      tally mine;
      for (size_t index; (index = next++) < files.size();) own.read(files[index], mine);
      each = mine;
    });
  }
  tally sum;
  for (size_t index = 0; index < threads.size(); index++) {
    threads[index].join();
    sum.events += tallies[index].events;
    sum.checksum += tallies[index].checksum;
  }
  std::chrono::duration<double> taken = std::chrono::steady_clock::now() - begin;
  printf("%.3f %zu %zu\n", taken.count(), sum.events, sum.checksum);
}
