// HNSW (Malkov and Yashunin 2016) over the memory and the file format of hnswlib 0.8, whose headers hnswlib-node brings. Storage,
// distances and serialisation are the library's; insertion (algorithms 1 and 4 of the paper) and search (algorithms 2 and 5) are
// written anew for what the library lacks: many threads that add, a bitset of allowed rows, a bound on the work, and flat arrays in
// place of priority queues. Nothing here knows JavaScript.
#pragma once

#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstdint>
#include <memory>
#include <mutex>
#include <random>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "hnswlib/hnswlib.h"
#include "huge_pages.h"
#include "int8_space.h"

namespace quartet {

using Library = hnswlib::HierarchicalNSW<float>;

struct Candidate {
  float distance;
  uint32_t id;
};

inline bool nearer(const Candidate& a, const Candidate& b) {
  return a.distance < b.distance || (a.distance == b.distance && a.id < b.id);
}

// Of equally near points the one that came last is linked first, as in the library: among many copies of a vector the
// newest would otherwise be linked by nobody.
inline bool nearerOrNewer(const Candidate& a, const Candidate& b) {
  return a.distance < b.distance || (a.distance == b.distance && a.id > b.id);
}

// What one walk needs, kept between walks: clearing the marks of N rows each time would cost more than the walk.
struct Scratch {
  explicit Scratch(size_t rows) : marks(rows, 0) {}
  std::vector<uint16_t> marks;
  uint16_t mark = 0;
  std::vector<Candidate> pool;
  std::vector<Candidate> frontier;
  std::vector<uint32_t> fresh;

  void begin() {
    if (++mark == 0) {
      std::fill(marks.begin(), marks.end(), 0);
      mark = 1;
    }
  }
  bool visit(uint32_t id) {
    if (marks[id] == mark) return false;
    marks[id] = mark;
    return true;
  }
};

// Rows that may be returned, a bit each; none given: all.
struct Allowed {
  const uint32_t* words = nullptr;
  bool has(uint32_t row) const { return (words[row >> 5] >> (row & 31)) & 1; }
};

enum class Storage { Float32, Int8 };

class Graph {
 public:
  static constexpr int64_t kTooMuchWork = -1;

  Graph(Storage storage, size_t dimensions, size_t capacity, size_t m, size_t ef_construction, uint32_t seed)
      : Graph(storage, dimensions, seed) {
    library_ = std::make_unique<Library>(space_.get(), std::max<size_t>(1, capacity), m, ef_construction, seed);
    preferHugePages(library_->data_level0_memory_, library_->max_elements_ * library_->size_data_per_element_);
    internal_of_.assign(capacity, kNone);
  }

  // Reads a file of which the caller knows that sizes and checksum are right. Every label and link is checked all the same: a walk
  // follows them without looking.
  static std::unique_ptr<Graph> load(Storage storage, size_t dimensions, const std::string& path) {
    std::unique_ptr<Graph> graph(new Graph(storage, dimensions, 0));
    graph->library_ = std::make_unique<Library>(graph->space_.get(), path);
    graph->seal();
    moveToHugePages(graph->library_->data_level0_memory_, graph->library_->max_elements_ * graph->library_->size_data_per_element_);
    return graph;
  }

  size_t dimensions() const { return dimensions_; }
  size_t count() const { return library_->cur_element_count; }
  size_t capacity() const { return internal_of_.size(); }

  // Adds n rows on so many threads. On one thread the same rows in the same order give the same graph.
  void add(const float* vectors, const int32_t* rows, size_t n, size_t threads) {
    const size_t first = count();
    if (first + n > capacity()) throw std::runtime_error("more rows than there is room for");
    for (size_t at = 0; at < n; at++) {
      const int32_t row = rows[at];
      if (row < 0 || size_t(row) >= capacity() || internal_of_[row] != kNone) throw std::runtime_error("a row twice, or none");
      internal_of_[row] = uint32_t(first + at);
    }
    std::atomic<size_t> next{0};
    std::mutex failing;
    std::exception_ptr failure;
    library_->cur_element_count = first + n;
    auto work = [&] {
      auto scratch = borrow();
      std::vector<char> point(library_->data_size_);
      try {
        for (size_t at; (at = next++) < n;) {
          space_->encode(vectors + at * dimensions_, point.data());
          insert(point.data(), rows[at], uint32_t(first + at), *scratch);
        }
      } catch (...) {
        std::lock_guard<std::mutex> lock(failing);
        failure = std::current_exception();
        next = n;
      }
      giveBack(std::move(scratch));
    };
    onThreads(std::min(threads, n), work);
    if (failure) std::rethrow_exception(failure);
  }

  // The nearest rows, best first, equally near ones by row. Returns how many were found, or kTooMuchWork when more than `budget`
  // vectors would have to be compared (0: no bound).
  int64_t search(const float* query, size_t k, size_t ef, Allowed allowed, size_t budget, int32_t* rows, float* scores) {
    if (count() == 0 || k == 0) return 0;
    std::vector<char> point(library_->data_size_);
    space_->encode(query, point.data());
    auto scratch = borrow();
    size_t work = 0;
    const uint32_t entry = descend<false>(point.data(), library_->maxlevel_, 0, library_->enterpoint_node_, scratch->fresh);
    const bool whole = allowed.words == nullptr ? walk<false>(point.data(), entry, std::max(ef, k), 0, *scratch)
                                                : walkAmong(point.data(), entry, std::max(ef, k), allowed, budget, work, *scratch);
    int64_t found = kTooMuchWork;
    if (whole) {
      auto& pool = scratch->pool;
      for (auto& candidate : pool) candidate.id = uint32_t(library_->getExternalLabel(candidate.id & kId));
      std::sort(pool.begin(), pool.end(), nearer);
      found = int64_t(std::min(k, pool.size()));
      for (int64_t at = 0; at < found; at++) {
        rows[at] = int32_t(pool[at].id);
        scores[at] = scoreOf(pool[at].distance);
      }
    }
    giveBack(std::move(scratch));
    return found;
  }

  // Compares the rows from `first` to `last` that are allowed; as `search` in what it gives.
  int64_t scan(const float* query, size_t k, Allowed allowed, size_t first, size_t last, int32_t* rows, float* scores) const {
    if (k == 0) return 0;
    std::vector<char> point(library_->data_size_);
    space_->encode(query, point.data());
    std::vector<Candidate> heap;
    heap.reserve(std::min(k, last - first) + 1);
    auto offer = [&](uint32_t row) {
      const Candidate candidate{distance(point.data(), internal_of_[row]), row};
      if (heap.size() == k && !nearer(candidate, heap.front())) return;
      if (heap.size() == k) {
        std::pop_heap(heap.begin(), heap.end(), nearer);
        heap.pop_back();
      }
      heap.push_back(candidate);
      std::push_heap(heap.begin(), heap.end(), nearer);
    };
    if (allowed.words == nullptr) {
      for (size_t row = first; row < last; row++) offer(uint32_t(row));
    } else {
      for (size_t word = first >> 5; word << 5 < last; word++) {
        for (uint32_t bits = allowed.words[word]; bits != 0; bits &= bits - 1) {
          const size_t row = (word << 5) + size_t(__builtin_ctz(bits));
          if (row >= first && row < last) offer(uint32_t(row));
        }
      }
    }
    std::sort_heap(heap.begin(), heap.end(), nearer);
    for (size_t at = 0; at < heap.size(); at++) {
      rows[at] = int32_t(heap[at].id);
      scores[at] = scoreOf(heap[at].distance);
    }
    return int64_t(heap.size());
  }

  void vector(size_t row, float* into) const { space_->decode(library_->getDataByInternalId(internal_of_.at(row)), into); }

  void write(const std::string& path) { library_->saveIndex(path); }

  template <typename Work>
  static void onThreads(size_t threads, Work& work) {
    std::vector<std::thread> others;
    for (size_t at = 1; at < threads; at++) {
      try {
        others.emplace_back(std::ref(work));
      } catch (const std::system_error&) {
        break;  // No more threads to be had: those there are do it all.
      }
    }
    work();
    for (auto& other : others) other.join();
  }

 private:
  static constexpr uint32_t kNone = 0xffffffff;
  // Comparisons of a filtered walk before it judges how it gets on.
  static constexpr size_t kLook = 512;
  // As in planner.ts.
  static constexpr size_t kWorkPerCandidate = 24;
  // The top bit of an id in a pool says that its neighbours were looked at.
  static constexpr uint32_t kExpanded = 0x80000000;
  static constexpr uint32_t kId = 0x7fffffff;

  Graph(Storage storage, size_t dimensions, uint32_t seed) : dimensions_(dimensions), seed_(seed) {
    if (storage == Storage::Int8) space_ = std::make_unique<Int8Space>(dimensions);
    else space_ = std::make_unique<FloatSpace>(dimensions);
  }

  // Checks what was read, and lets go of what only building needs: 90 bytes a point.
  void seal() {
    const size_t n = count();
    internal_of_.assign(n, kNone);
    for (size_t id = 0; id < n; id++) {
      const size_t row = library_->getExternalLabel(hnswlib::tableint(id));
      if (row >= n || internal_of_[row] != kNone) throw std::runtime_error("labels are not the rows");
      internal_of_[row] = uint32_t(id);
      for (int level = 0; level <= library_->element_levels_[id]; level++) {
        const auto* list = library_->get_linklist_at_level(hnswlib::tableint(id), level);
        const size_t size = library_->getListCount(const_cast<unsigned int*>(list));
        if (size > (level == 0 ? library_->maxM0_ : library_->maxM_)) throw std::runtime_error("a point has too many links");
        for (size_t at = 1; at <= size; at++) {
          if (list[at] >= n || library_->element_levels_[list[at]] < level) throw std::runtime_error("a link leads nowhere");
        }
      }
    }
    if (n > 0 && (library_->enterpoint_node_ >= n || library_->element_levels_[library_->enterpoint_node_] < library_->maxlevel_)) {
      throw std::runtime_error("the entry is not at the top");
    }
    std::unordered_map<hnswlib::labeltype, hnswlib::tableint>().swap(library_->label_lookup_);
    std::vector<std::mutex>().swap(library_->link_list_locks_);
    std::vector<std::mutex>().swap(library_->label_op_locks_);
    library_->visited_list_pool_.reset();
  }

  float distance(const void* point, uint32_t id) const {
    return library_->fstdistfunc_(point, library_->getDataByInternalId(id), library_->dist_func_param_);
  }
  float between(uint32_t a, uint32_t b) const { return distance(library_->getDataByInternalId(a), b); }

  // Rounding can carry the dot product of unit vectors a little past 1.
  static float scoreOf(float distance) { return std::max(-1.0f, std::min(1.0f, 1.0f - distance)); }

  void prefetch(uint32_t id) const {
    const char* data = library_->getDataByInternalId(id);
    const size_t bytes = std::min<size_t>(library_->data_size_, 512);
    for (size_t at = 0; at < bytes; at += 64) __builtin_prefetch(data + at);
  }

  // Copies the links of a point, while it is being built under its lock.
  template <bool building>
  size_t links(uint32_t id, int level, std::vector<uint32_t>& into) {
    std::unique_lock<std::mutex> lock;
    if (building) lock = std::unique_lock<std::mutex>(library_->link_list_locks_[id]);
    auto* list = library_->get_linklist_at_level(id, level);
    const size_t size = library_->getListCount(list);
    into.resize(std::max(into.size(), size));
    std::copy(list + 1, list + 1 + size, into.begin());
    return size;
  }

  // From the top down to the layer above `floor`: the nearest point, one step at a time.
  template <bool building>
  uint32_t descend(const void* point, int from, int floor, uint32_t entry, std::vector<uint32_t>& list) {
    float best = distance(point, entry);
    for (int level = from; level > floor; level--) {
      for (bool changed = true; changed;) {
        changed = false;
        const size_t size = links<building>(entry, level, list);
        for (size_t at = 0; at < size; at++) {
          const float other = distance(point, list[at]);
          if (other < best) {
            best = other;
            entry = list[at];
            changed = true;
          }
        }
      }
    }
    return entry;
  }

  // The ef nearest points that a walk from `entry` finds, in the scratch's pool, nearest first. The pool is both queues of
  // the paper's algorithm 2: a candidate that falls off its end could never have been expanded.
  template <bool building>
  bool walk(const void* point, uint32_t entry, size_t ef, int level, Scratch& scratch) {
    auto& pool = scratch.pool;
    auto& fresh = scratch.fresh;
    scratch.begin();
    scratch.visit(entry);
    pool.clear();
    pool.reserve(ef + 1);
    pool.push_back({distance(point, entry), entry});
    for (size_t next = 0; next < pool.size();) {
      if (pool[next].id & kExpanded) {
        next++;
        continue;
      }
      const uint32_t id = pool[next].id;
      pool[next].id |= kExpanded;
      const size_t count = freshLinks<building>(id, level, scratch);
      size_t lowest = next + 1;
      for (size_t at = 0; at < count; at++) {
        const float d = distance(point, fresh[at]);
        if (pool.size() == ef && !(d < pool.back().distance)) continue;
        const auto place = std::upper_bound(pool.begin(), pool.end(), d,
                                            [](float value, const Candidate& other) { return value < other.distance; });
        lowest = std::min(lowest, size_t(place - pool.begin()));
        if (pool.size() == ef) pool.pop_back();
        pool.insert(place, {d, fresh[at]});
      }
      next = lowest;
      if (next < pool.size()) __builtin_prefetch(library_->get_linklist0(pool[next].id & kId));
    }
    return true;
  }

  // Neighbours not seen before, into `fresh`, their vectors on the way into the cache.
  template <bool building>
  size_t freshLinks(uint32_t id, int level, Scratch& scratch) {
    auto& fresh = scratch.fresh;
    const size_t size = links<building>(id, level, fresh);
    for (size_t at = 0; at < size; at++) __builtin_prefetch(&scratch.marks[fresh[at]]);
    size_t count = 0;
    for (size_t at = 0; at < size; at++) {
      if (!scratch.visit(fresh[at])) continue;
      prefetch(fresh[at]);
      fresh[count++] = fresh[at];
    }
    return count;
  }

  // As `walk` on layer 0, over all points, keeping those that are allowed. @returns false when the budget, the number of points allowed, is
  // spent, or when the planner would not have walked had it known how few of the points near the query are allowed: by their share of the
  // first kLook compared, or of more, until there are ef of them. Where those allowed lie far from the query that is seen at once.
  bool walkAmong(const void* point, uint32_t entry, size_t ef, Allowed allowed, size_t budget, size_t& work, Scratch& scratch) {
    auto& pool = scratch.pool;
    auto& frontier = scratch.frontier;
    const auto farther = [](const Candidate& a, const Candidate& b) { return nearer(b, a); };
    scratch.begin();
    pool.clear();
    frontier.clear();
    auto offer = [&](uint32_t id) {
      const float d = distance(point, id);
      if (pool.size() == ef && !(d < pool.front().distance)) return;
      frontier.push_back({d, id});
      std::push_heap(frontier.begin(), frontier.end(), farther);
      if (!allowed.has(uint32_t(library_->getExternalLabel(id)))) return;
      if (pool.size() == ef) {
        std::pop_heap(pool.begin(), pool.end(), nearer);
        pool.pop_back();
      }
      pool.push_back({d, id});
      std::push_heap(pool.begin(), pool.end(), nearer);
    };
    scratch.visit(entry);
    offer(entry);
    while (!frontier.empty()) {
      const Candidate nearest = frontier.front();
      if (pool.size() == ef && nearest.distance > pool.front().distance) break;
      std::pop_heap(frontier.begin(), frontier.end(), farther);
      frontier.pop_back();
      const size_t count = freshLinks<false>(nearest.id, 0, scratch);
      work += count;
      if (budget != 0 && work > budget) return false;
      if (budget != 0 && work >= kLook && pool.size() < ef && kWorkPerCandidate * ef * work > budget * (pool.size() + 1)) return false;
      for (size_t at = 0; at < count; at++) offer(scratch.fresh[at]);
    }
    return true;
  }

  // The layer of a row, of its own number: whichever thread adds it and whenever.
  int levelOf(uint32_t row) const {
    uint64_t bits = (uint64_t(seed_) << 32 | row) + 0x9e3779b97f4a7c15ull;  // splitmix64
    bits = (bits ^ (bits >> 30)) * 0xbf58476d1ce4e5b9ull;
    bits = (bits ^ (bits >> 27)) * 0x94d049bb133111ebull;
    bits ^= bits >> 31;
    const double uniform = (double(bits >> 11) + 0.5) * 0x1.0p-53;
    return int(-std::log(uniform) * library_->mult_);
  }

  void insert(const char* point, uint32_t row, uint32_t id, Scratch& scratch) {
    Library& library = *library_;
    const int level = levelOf(row);
    // Nobody can see the point yet.
    library.element_levels_[id] = level;
    char* element = library.data_level0_memory_ + id * library.size_data_per_element_;
    memset(element, 0, library.size_data_per_element_);
    library.setExternalLabel(id, row);
    memcpy(library.getDataByInternalId(id), point, library.data_size_);
    library.linkLists_[id] = nullptr;
    if (level > 0) {
      library.linkLists_[id] = static_cast<char*>(calloc(1, library.size_links_per_element_ * size_t(level) + 1));
      if (library.linkLists_[id] == nullptr) {
        library.element_levels_[id] = 0;
        throw std::runtime_error("not enough memory for links");
      }
    }

    std::unique_lock<std::mutex> top(library.global);
    const int highest = library.maxlevel_;
    const uint32_t start = library.enterpoint_node_;
    if (highest < 0) {
      library.enterpoint_node_ = id;
      library.maxlevel_ = level;
      return;
    }
    // A new top layer is made by one thread at a time.
    if (level <= highest) top.unlock();
    uint32_t entry = descend<true>(point, highest, level, start, scratch.fresh);
    std::vector<std::vector<Candidate>> chosen(size_t(std::min(level, highest)) + 1);
    for (size_t at = chosen.size(); at-- > 0;) {
      walk<true>(point, entry, library.ef_construction_, int(at), scratch);
      for (auto& candidate : scratch.pool) candidate.id &= kId;
      entry = scratch.pool.front().id;
      std::sort(scratch.pool.begin(), scratch.pool.end(), nearerOrNewer);
      select(scratch.pool, library.M_);
      chosen[at] = scratch.pool;
    }
    // From the ground up: whoever meets this point in a layer finds its links in that one and all below.
    for (size_t at = 0; at < chosen.size(); at++) connect(id, chosen[at], int(at));
    if (level > highest) {
      library.enterpoint_node_ = id;
      library.maxlevel_ = level;
    }
  }

  // Algorithm 4: of candidates, nearest first, those that are nearer to the point than to any taken before.
  void select(std::vector<Candidate>& candidates, size_t m) const {
    if (candidates.size() < m) return;
    size_t taken = 0;
    for (size_t at = 0; at < candidates.size() && taken < m; at++) {
      const Candidate candidate = candidates[at];
      bool good = true;
      for (size_t other = 0; good && other < taken; other++) {
        good = !(between(candidates[other].id, candidate.id) < candidate.distance);
      }
      if (good) candidates[taken++] = candidate;
    }
    candidates.resize(taken);
  }

  void connect(uint32_t id, const std::vector<Candidate>& chosen, int level) {
    Library& library = *library_;
    const size_t most = level == 0 ? library.maxM0_ : library.maxM_;
    {
      std::lock_guard<std::mutex> lock(library.link_list_locks_[id]);
      auto* list = library.get_linklist_at_level(id, level);
      for (size_t at = 0; at < chosen.size(); at++) list[at + 1] = chosen[at].id;
      library.setListCount(list, static_cast<unsigned short>(chosen.size()));
    }
    std::vector<Candidate> candidates;
    for (const auto& neighbour : chosen) {
      std::lock_guard<std::mutex> lock(library.link_list_locks_[neighbour.id]);
      auto* list = library.get_linklist_at_level(neighbour.id, level);
      const size_t size = library.getListCount(list);
      if (size < most) {
        list[size + 1] = id;
        library.setListCount(list, static_cast<unsigned short>(size + 1));
        continue;
      }
      candidates.assign(1, {neighbour.distance, id});
      for (size_t at = 1; at <= size; at++) candidates.push_back({between(neighbour.id, list[at]), list[at]});
      std::sort(candidates.begin(), candidates.end(), nearerOrNewer);
      select(candidates, most);
      for (size_t at = 0; at < candidates.size(); at++) list[at + 1] = candidates[at].id;
      library.setListCount(list, static_cast<unsigned short>(candidates.size()));
    }
  }

  std::unique_ptr<Scratch> borrow() {
    {
      std::lock_guard<std::mutex> lock(lending_);
      if (!scratches_.empty()) {
        auto scratch = std::move(scratches_.back());
        scratches_.pop_back();
        return scratch;
      }
    }
    return std::make_unique<Scratch>(library_->max_elements_);
  }
  void giveBack(std::unique_ptr<Scratch> scratch) {
    std::lock_guard<std::mutex> lock(lending_);
    scratches_.push_back(std::move(scratch));
  }

  size_t dimensions_;
  uint32_t seed_;
  std::unique_ptr<Space> space_;
  std::unique_ptr<Library> library_;
  // Place in the library's memory of each row.
  std::vector<uint32_t> internal_of_;
  std::mutex lending_;
  std::vector<std::unique_ptr<Scratch>> scratches_;
};

}  // namespace quartet
