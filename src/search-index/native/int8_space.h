// How vectors are stored and compared: as float32, or as int8 with one scale for each vector.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>

#include "hnswlib/hnswlib.h"

namespace quartet {

class Space : public hnswlib::SpaceInterface<float> {
 public:
  virtual void encode(const float* vector, char* into) const = 0;
  virtual void decode(const char* stored, float* into) const = 0;
};

class FloatSpace : public Space {
 public:
  explicit FloatSpace(size_t dimensions) : product_(dimensions) {}
  size_t get_data_size() override { return product_.get_data_size(); }
  hnswlib::DISTFUNC<float> get_dist_func() override { return product_.get_dist_func(); }
  void* get_dist_func_param() override { return product_.get_dist_func_param(); }
  void encode(const float* vector, char* into) const override { memcpy(into, vector, bytes()); }
  void decode(const char* stored, float* into) const override { memcpy(into, stored, bytes()); }

 private:
  size_t bytes() const { return const_cast<FloatSpace*>(this)->product_.get_data_size(); }
  hnswlib::InnerProductSpace product_;
};

// float scale, then D signed bytes of at most 127: value = scale x byte.
class Int8Space : public Space {
 public:
  explicit Int8Space(size_t dimensions) : dimensions_(dimensions) {}
  size_t get_data_size() override { return sizeof(float) + dimensions_; }
  hnswlib::DISTFUNC<float> get_dist_func() override { return distance; }
  void* get_dist_func_param() override { return &dimensions_; }

  void encode(const float* vector, char* into) const override {
    float largest = 0;
    for (size_t at = 0; at < dimensions_; at++) largest = std::max(largest, std::abs(vector[at]));
    const float scale = largest / 127;
    memcpy(into, &scale, sizeof scale);
    auto* bytes = reinterpret_cast<int8_t*>(into + sizeof scale);
    for (size_t at = 0; at < dimensions_; at++) bytes[at] = int8_t(scale == 0 ? 0 : std::lrint(vector[at] / scale));
  }
  void decode(const char* stored, float* into) const override {
    float scale;
    memcpy(&scale, stored, sizeof scale);
    const auto* bytes = reinterpret_cast<const int8_t*>(stored + sizeof scale);
    for (size_t at = 0; at < dimensions_; at++) into[at] = scale * bytes[at];
  }

 private:
  static float distance(const void* a, const void* b, const void* dimensions) {
    float scale_a, scale_b;
    memcpy(&scale_a, a, sizeof scale_a);
    memcpy(&scale_b, b, sizeof scale_b);
    const auto* bytes_a = static_cast<const int8_t*>(a) + sizeof(float);
    const auto* bytes_b = static_cast<const int8_t*>(b) + sizeof(float);
    // At most 127 x 127 x 65,536: the compiler makes wide multiply-adds of it.
    int32_t sum = 0;
    const size_t n = *static_cast<const size_t*>(dimensions);
    for (size_t at = 0; at < n; at++) sum += int32_t(bytes_a[at]) * int32_t(bytes_b[at]);
    return 1 - scale_a * scale_b * float(sum);
  }

  size_t dimensions_;
};

}  // namespace quartet
