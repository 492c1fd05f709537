// SPDX-License-Identifier: Apache-2.0
// The limit: how fast this machine can decompress trail files (libdeflate) and touch the fields that
// `trail-insights count` reads (simdjson, on demand), without counting anything.
// usage: limit THREADS FOLDER; prints seconds, events and a checksum that keeps the work alive.
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <libdeflate.h>
#include <simdjson.h>
#include <string>
#include <thread>
#include <vector>

namespace ondemand = simdjson::ondemand;

struct tally {
  size_t events = 0, checksum = 0;

  void touch(ondemand::value value) {
    ondemand::raw_json_string text;
    if (value.get_raw_json_string().get(text) == simdjson::SUCCESS) checksum += text.raw()[0];
  }
};

static bool is_one_of(std::string_view key, std::initializer_list<std::string_view> wanted) {
  for (auto each : wanted) {
    if (key == each) return true;
  }
  return false;
}

/* A key as it stands between its quotes. */
static std::string_view key_of(ondemand::raw_json_string key) {
  const char *text = key.raw();
  return {text, size_t(static_cast<const char *>(rawmemchr(text, '"')) - text)};
}

static void touch_identity(ondemand::object identity, tally &into) {
  for (auto field : identity) {
    std::string_view key = key_of(field.key());
    if (is_one_of(key, {"type", "arn", "accessKeyId"})) into.touch(field.value());
  }
}

static void touch_record(ondemand::object record, tally &into) {
  into.events++;
  for (auto field : record) {
    std::string_view key = key_of(field.key());
    if (key == "userIdentity") touch_identity(field.value().get_object(), into);
    else if (key == "readOnly") into.checksum += bool(field.value().get_bool());
    else if (is_one_of(key, {"eventTime", "eventSource", "eventName", "awsRegion", "errorCode",
                             "sourceIPAddress", "userAgent", "eventID", "eventCategory",
                             "recipientAccountId"}))
      into.touch(field.value());
  }
}

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
