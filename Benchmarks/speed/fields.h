// SPDX-License-Identifier: Apache-2.0
// What both limits touch of a record: the fields that `trail-insights` reads (simdjson, on demand).
#pragma once
#include <cstdlib>
#include <cstring>
#include <initializer_list>
#include <simdjson.h>
#include <string_view>

namespace ondemand = simdjson::ondemand;

struct tally {
  size_t events = 0, checksum = 0;

  void touch(ondemand::value value) {
    ondemand::raw_json_string text;
    if (value.get_raw_json_string().get(text) == simdjson::SUCCESS) checksum += text.raw()[0];
  }
};

inline bool is_one_of(std::string_view key, std::initializer_list<std::string_view> wanted) {
  for (auto each : wanted) {
    if (key == each) return true;
  }
  return false;
}

/* A key as it stands between its quotes. */
inline std::string_view key_of(ondemand::raw_json_string key) {
  const char *text = key.raw();
  return {text, size_t(static_cast<const char *>(rawmemchr(text, '"')) - text)};
}

inline void touch_identity(ondemand::object identity, tally &into) {
  for (auto field : identity) {
    std::string_view key = key_of(field.key());
    if (is_one_of(key, {"type", "arn", "accessKeyId"})) into.touch(field.value());
  }
}

inline void touch_record(ondemand::object record, tally &into) {
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
