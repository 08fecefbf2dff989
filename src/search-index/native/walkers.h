// Threads that walk graphs for single searches, so that the event loop does not. A task of libuv's pool would do the same, but each
// hand-over there and back costs a wake-up of a sleeping thread, on a virtual machine half of what a walk takes: these threads look for
// the next search a moment longer before they sleep, and tell of all that is done with one call.
#pragma once

#include <napi.h>

#include <chrono>
#include <condition_variable>
#include <deque>

#include "graph.h"

namespace quartet {

class Walkers {
 public:
  struct Walk {
    std::shared_ptr<Graph> graph;
    size_t place, k, ef, budget;
    Allowed allowed;
  };

  // The memory is JavaScript's and stays as long as this: for each place the query, room for hits, and what was found.
  struct Memory {
    float* queries;
    int32_t* rows;
    float* scores;
    int32_t* found;
    size_t places, width, depth;
  };

  static constexpr int32_t kFailed = -2;

  Walkers(Napi::Env env, Napi::Function done, size_t threads, Memory memory) : memory_(memory) {
    done_ = Napi::ThreadSafeFunction::New(env, done, "quartet-walks", 0, 1);
    done_.Unref(env);
    try {
      for (size_t at = 0; at < threads; at++) threads_.emplace_back([this] { work(); });
    } catch (const std::system_error&) {
      if (threads_.empty()) {
        done_.Release();
        throw;
      }
    }
  }

  ~Walkers() { stop(); }

  // Walks under way end; what waits is dropped.
  void stop() {
    {
      std::lock_guard<std::mutex> lock(mutex_);
      if (stopping_) return;
      stopping_ = true;
    }
    wake_.notify_all();
    for (auto& thread : threads_) thread.join();
    waiting_.clear();
    done_.Release();
  }

  const Memory& memory() const { return memory_; }

  void start(Napi::Env env, Walk walk) {
    // While somebody waits the process must not end.
    if (underWay_++ == 0) done_.Ref(env);
    bool asleep;
    {
      std::lock_guard<std::mutex> lock(mutex_);
      waiting_.push_back(std::move(walk));
      queued_.store(waiting_.size(), std::memory_order_release);
      asleep = sleeping_ > 0;
    }
    if (asleep) wake_.notify_one();
  }

  // Writes down the places whose walks are done, in no order, and returns how many. @param into room for all places
  size_t take(Napi::Env env, int32_t* into) {
    size_t count;
    {
      std::lock_guard<std::mutex> lock(finishing_);
      count = finished_.size();
      std::copy(finished_.begin(), finished_.end(), into);
      finished_.clear();
      told_ = false;
    }
    underWay_ -= count;
    if (underWay_ == 0 && count > 0) done_.Unref(env);
    return count;
  }

 private:
  static constexpr auto kLook = std::chrono::microseconds(50);

  void work() {
    Walk walk;
    while (next(walk)) {
      const auto& [graph, place, k, ef, budget, allowed] = walk;
      int32_t found = kFailed;
      try {
        found = int32_t(graph->search(memory_.queries + place * memory_.width, k, ef, allowed, budget, memory_.rows + place * memory_.depth,
                                      memory_.scores + place * memory_.depth));
      } catch (...) {
      }
      memory_.found[place] = found;
      walk.graph.reset();
      finish(int32_t(place));
    }
  }

  bool next(Walk& walk) {
    const auto until = std::chrono::steady_clock::now() + kLook;
    while (queued_.load(std::memory_order_acquire) == 0 && std::chrono::steady_clock::now() < until) std::this_thread::yield();
    std::unique_lock<std::mutex> lock(mutex_);
    sleeping_++;
    wake_.wait(lock, [&] { return stopping_ || !waiting_.empty(); });
    sleeping_--;
    if (stopping_) return false;
    walk = std::move(waiting_.front());
    waiting_.pop_front();
    queued_.store(waiting_.size(), std::memory_order_release);
    return true;
  }

  void finish(int32_t place) {
    {
      std::lock_guard<std::mutex> lock(finishing_);
      finished_.push_back(place);
      if (told_) return;
      told_ = true;
    }
    done_.NonBlockingCall();
  }

  const Memory memory_;
  Napi::ThreadSafeFunction done_;
  std::vector<std::thread> threads_;
  size_t underWay_ = 0;

  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Walk> waiting_;
  std::atomic<size_t> queued_{0};
  size_t sleeping_ = 0;
  bool stopping_ = false;

  std::mutex finishing_;
  std::vector<int32_t> finished_;
  bool told_ = false;
};

}  // namespace quartet
