// The JavaScript face of Graph. Every argument is checked here, and no C++ exception leaves a function but as a JavaScript one.
// A thread of JavaScript that is being ended takes no exceptions any more: without this they would end the process.
#define NODE_API_SWALLOW_UNTHROWABLE_EXCEPTIONS
#include <napi.h>

#include "graph.h"
#include "walkers.h"

namespace {

using quartet::Allowed;
using quartet::Graph;
using quartet::Storage;
using quartet::Walkers;

// Runs off the JavaScript thread, keeping alive the buffers that it works on.
class Task : public Napi::AsyncWorker {
 public:
  Task(Napi::Env env, std::function<void()> work) : AsyncWorker(env), deferred_(env), work_(std::move(work)) {}
  void keep(Napi::Value value) { kept_.push_back(Napi::Persistent(value.As<Napi::Object>())); }
  void onDone(std::function<Napi::Value(Napi::Env)> done) { done_ = std::move(done); }
  void onEnd(std::function<void()> end) { end_ = std::move(end); }
  Napi::Promise start() {
    auto promise = deferred_.Promise();
    Queue();
    return promise;
  }

 protected:
  void Execute() override { work_(); }
  void OnOK() override {
    if (end_) end_();
    deferred_.Resolve(done_ ? done_(Env()) : Env().Undefined());
  }
  void OnError(const Napi::Error& error) override {
    if (end_) end_();
    deferred_.Reject(error.Value());
  }

 private:
  Napi::Promise::Deferred deferred_;
  std::function<void()> work_;
  std::function<Napi::Value(Napi::Env)> done_;
  std::function<void()> end_;
  std::vector<Napi::ObjectReference> kept_;
};

template <typename Array>
Array typed(const Napi::CallbackInfo& info, size_t at, napi_typedarray_type type) {
  if (!info[at].IsTypedArray() || info[at].As<Napi::TypedArray>().TypedArrayType() != type) {
    throw Napi::TypeError::New(info.Env(), "argument " + std::to_string(at) + " is not the typed array that it should be");
  }
  return info[at].As<Array>();
}
Napi::Float32Array floats(const Napi::CallbackInfo& info, size_t at) {
  return typed<Napi::Float32Array>(info, at, napi_float32_array);
}
Napi::Int32Array ints(const Napi::CallbackInfo& info, size_t at) {
  return typed<Napi::Int32Array>(info, at, napi_int32_array);
}
size_t whole(const Napi::CallbackInfo& info, size_t at) {
  const double value = info[at].IsNumber() ? info[at].As<Napi::Number>().DoubleValue() : -1;
  if (!(value >= 0 && value <= 4294967295.0) || value != std::floor(value)) {
    throw Napi::RangeError::New(info.Env(), "argument " + std::to_string(at) + " is not a whole number");
  }
  return size_t(value);
}

// The walkers of one JavaScript thread, and what they work on.
struct Threads {
  std::unique_ptr<Walkers> walkers;
  std::vector<Napi::ObjectReference> kept;
};

Threads& threadsOf(Napi::Env env) { return *env.GetInstanceData<Threads>(); }

// (done, threads, queries, rows, scores, found, places): begins the threads, once. `done` is called when there is something to take.
Napi::Value startWalkers(const Napi::CallbackInfo& info) {
  auto env = info.Env();
  auto& all = threadsOf(env);
  if (all.walkers) throw Napi::Error::New(env, "the walkers have begun already");
  if (!info[0].IsFunction()) throw Napi::TypeError::New(env, "argument 0 is not a function");
  const size_t threads = std::max<size_t>(1, whole(info, 1)), places = std::max<size_t>(1, whole(info, 6));
  auto queries = floats(info, 2);
  auto rows = ints(info, 3);
  auto scores = floats(info, 4);
  auto found = ints(info, 5);
  const Walkers::Memory memory{queries.Data(), rows.Data(),
                               scores.Data(),  found.Data(),
                               places,         queries.ElementLength() / places,
                               std::min(rows.ElementLength(), scores.ElementLength()) / places};
  if (found.ElementLength() < places) throw Napi::RangeError::New(env, "less room than places");
  try {
    all.walkers = std::make_unique<Walkers>(env, info[0].As<Napi::Function>(), threads, memory);
  } catch (const std::system_error& error) {
    throw Napi::Error::New(env, error.what());
  }
  for (size_t at = 2; at < 6; at++) all.kept.push_back(Napi::Persistent(info[at].As<Napi::Object>()));
  // After the hook of the function that they call, and so done before it: hooks run last in, first out.
  env.AddCleanupHook([](Walkers* walkers) { walkers->stop(); }, all.walkers.get());
  return env.Undefined();
}

// (places): writes down which walks are done, how many.
Napi::Value takeWalks(const Napi::CallbackInfo& info) {
  auto& walkers = threadsOf(info.Env()).walkers;
  auto places = ints(info, 0);
  if (!walkers || places.ElementLength() < walkers->memory().places) throw Napi::RangeError::New(info.Env(), "less room than places");
  return Napi::Number::New(info.Env(), double(walkers->take(info.Env(), places.Data())));
}

class NativeGraph : public Napi::ObjectWrap<NativeGraph> {
 public:
  static Napi::Object init(Napi::Env env, Napi::Object exports) {
    auto type = DefineClass(env, "NativeGraph",
                            {InstanceMethod<&NativeGraph::add>("add"), InstanceMethod<&NativeGraph::addMany>("addMany"),
                             InstanceMethod<&NativeGraph::search>("search"), InstanceMethod<&NativeGraph::searchMany>("searchMany"),
                             InstanceMethod<&NativeGraph::walk>("walk"), InstanceMethod<&NativeGraph::scan>("scan"), InstanceMethod<&NativeGraph::vector>("vector"),
                             InstanceMethod<&NativeGraph::write>("write"), InstanceMethod<&NativeGraph::load>("load"),
                             InstanceMethod<&NativeGraph::release>("release"), InstanceAccessor<&NativeGraph::count>("count")});
    exports.Set("NativeGraph", type);
    return exports;
  }

  // (dimensions, int8): empty, to be loaded; (dimensions, int8, capacity, m, efConstruction, seed): to be built.
  explicit NativeGraph(const Napi::CallbackInfo& info) : ObjectWrap(info) {
    dimensions_ = whole(info, 0);
    storage_ = info[1].ToBoolean() ? Storage::Int8 : Storage::Float32;
    if (info.Length() > 2) {
      guarded(info, [&] {
        graph_ = std::make_shared<Graph>(storage_, dimensions_, whole(info, 2), whole(info, 3), whole(info, 4), uint32_t(whole(info, 5)));
      });
    }
  }

 private:
  // (path): reads a file, off this thread.
  Napi::Value load(const Napi::CallbackInfo& info) {
    if (graph_) throw Napi::Error::New(info.Env(), "it is loaded already");
    const std::string path = info[0].ToString();
    auto loaded = std::make_shared<std::shared_ptr<Graph>>();
    auto* task = new Task(info.Env(), [=, storage = storage_, dimensions = dimensions_] {
      *loaded = Graph::load(storage, dimensions, path);
    });
    task->keep(Value());
    task->onDone([=](Napi::Env env) {
      graph_ = *loaded;
      return env.Undefined();
    });
    return task->start();
  }

  Napi::Value count(const Napi::CallbackInfo& info) { return Napi::Number::New(info.Env(), double(graph(info)->count())); }

  // (vector, row)
  Napi::Value add(const Napi::CallbackInfo& info) {
    auto graph = writable(info);
    const auto vector = floats(info, 0);
    requireLength(info, vector.ElementLength(), dimensions_);
    const int32_t row = info[1].ToNumber().Int32Value();
    guarded(info, [&] { graph->add(vector.Data(), &row, 1, 1); });
    return info.Env().Undefined();
  }

  // (vectors, rows, threads): a promise. Nothing else may be asked of the graph before it is kept.
  Napi::Value addMany(const Napi::CallbackInfo& info) {
    auto graph = writable(info);
    const auto vectors = floats(info, 0);
    auto rows = ints(info, 1);
    const size_t n = rows.ElementLength(), threads = std::max<size_t>(1, whole(info, 2));
    requireLength(info, vectors.ElementLength(), n * dimensions_);
    auto* task = new Task(info.Env(), [=, from = vectors.Data(), labels = rows.Data()] { graph->add(from, labels, n, threads); });
    task->keep(vectors);
    task->keep(rows);
    task->keep(Value());
    building_ = true;
    task->onEnd([this] { building_ = false; });
    return task->start();
  }

  // (query, k, ef, allowed | null, budget, rows, scores): how many were found, -1 when it is too much work.
  Napi::Value search(const Napi::CallbackInfo& info) {
    auto graph = readable(info);
    const auto query = floats(info, 0);
    const size_t k = whole(info, 1), ef = whole(info, 2), budget = whole(info, 4);
    auto rows = ints(info, 5);
    auto scores = floats(info, 6);
    requireLength(info, query.ElementLength(), dimensions_);
    requireRoom(info, std::min(rows.ElementLength(), scores.ElementLength()), k);
    const Allowed allowed = allowedOf(info, 3, *graph);
    int64_t found = 0;
    guarded(info, [&] { found = graph->search(query.Data(), k, ef, allowed, budget, rows.Data(), scores.Data()); });
    return Napi::Number::New(info.Env(), double(found));
  }

  // (queries, k, ef, allowed | null, budget, rows, scores, counts, threads): a promise; as `search`, many at once, off this thread.
  Napi::Value searchMany(const Napi::CallbackInfo& info) {
    auto graph = readable(info);
    const auto queries = floats(info, 0);
    const size_t k = whole(info, 1), ef = whole(info, 2), budget = whole(info, 4), threads = std::max<size_t>(1, whole(info, 8));
    auto rows = ints(info, 5);
    auto scores = floats(info, 6);
    auto counts = ints(info, 7);
    const size_t n = counts.ElementLength();
    requireLength(info, queries.ElementLength(), n * dimensions_);
    requireRoom(info, std::min(rows.ElementLength(), scores.ElementLength()), n * k);
    const Allowed allowed = allowedOf(info, 3, *graph);
    auto* task = new Task(info.Env(), [=, from = queries.Data(), found = rows.Data(), cosines = scores.Data(), sizes = counts.Data(),
                                       dimensions = dimensions_] {
      std::atomic<size_t> next{0};
      std::atomic<bool> failed{false};
      auto work = [&] {
        try {
          for (size_t at; (at = next++) < n;) {
            sizes[at] = int32_t(graph->search(from + at * dimensions, k, ef, allowed, budget, found + at * k, cosines + at * k));
          }
        } catch (...) {
          failed = true;
        }
      };
      Graph::onThreads(std::min(threads, n), work);
      if (failed) throw std::runtime_error("not enough memory for a search");
    });
    for (size_t at : {0, 5, 6, 7}) task->keep(info[at]);
    if (info[3].IsTypedArray()) task->keep(info[3]);
    return task->start();
  }

  // (place, k, ef, allowed | null, budget): as `search`, by a walker. The query is in the place, and the hits will be. `allowed` must
  // be kept by the caller until then.
  Napi::Value walk(const Napi::CallbackInfo& info) {
    auto graph = readable(info);
    auto& walkers = threadsOf(info.Env()).walkers;
    if (!walkers) throw Napi::Error::New(info.Env(), "no walkers have begun");
    const size_t place = whole(info, 0), k = whole(info, 1), ef = whole(info, 2), budget = whole(info, 4);
    const auto& [queries, rows, scores, found, places, width, depth] = walkers->memory();
    if (place >= places) throw Napi::RangeError::New(info.Env(), "there are " + std::to_string(places) + " places");
    if (dimensions_ > width) requireRoom(info, width, dimensions_);
    requireRoom(info, depth, k);
    walkers->start(info.Env(), {std::move(graph), place, k, ef, budget, allowedOf(info, 3, *graph_)});
    return info.Env().Undefined();
  }

  // (query, k, allowed | null, first, last, rows, scores): compares these rows, how many hits.
  Napi::Value scan(const Napi::CallbackInfo& info) {
    auto graph = readable(info);
    const auto query = floats(info, 0);
    const size_t k = whole(info, 1), first = whole(info, 3), last = std::min(whole(info, 4), graph->count());
    auto rows = ints(info, 5);
    auto scores = floats(info, 6);
    requireLength(info, query.ElementLength(), dimensions_);
    if (first >= last) return Napi::Number::New(info.Env(), 0);
    requireRoom(info, std::min(rows.ElementLength(), scores.ElementLength()), std::min(k, last - first));
    requireComplete(info, *graph);
    const Allowed allowed = allowedOf(info, 2, *graph);
    int64_t found = 0;
    guarded(info, [&] { found = graph->scan(query.Data(), k, allowed, first, last, rows.Data(), scores.Data()); });
    return Napi::Number::New(info.Env(), double(found));
  }

  // (row, into)
  Napi::Value vector(const Napi::CallbackInfo& info) {
    auto graph = readable(info);
    const size_t row = whole(info, 0);
    auto into = floats(info, 1);
    requireLength(info, into.ElementLength(), dimensions_);
    requireComplete(info, *graph);
    guarded(info, [&] { graph->vector(row, into.Data()); });
    return info.Env().Undefined();
  }

  // (path): a promise.
  Napi::Value write(const Napi::CallbackInfo& info) {
    auto graph = writable(info);
    const std::string path = info[0].ToString();
    auto* task = new Task(info.Env(), [=] { graph->write(path); });
    task->keep(Value());
    building_ = true;
    task->onEnd([this] { building_ = false; });
    return task->start();
  }

  // Frees the memory off this thread, once searches under way have ended.
  Napi::Value release(const Napi::CallbackInfo& info) {
    auto* last = new std::shared_ptr<Graph>(std::move(graph_));
    graph_.reset();
    return (new Task(info.Env(), [=] { delete last; }))->start();
  }

  std::shared_ptr<Graph> graph(const Napi::CallbackInfo& info) {
    if (!graph_) throw Napi::Error::New(info.Env(), "the graph is not loaded, or was released");
    return graph_;
  }
  std::shared_ptr<Graph> readable(const Napi::CallbackInfo& info) {
    if (building_) throw Napi::Error::New(info.Env(), "the graph is being built");
    return graph(info);
  }
  std::shared_ptr<Graph> writable(const Napi::CallbackInfo& info) { return readable(info); }

  static void requireLength(const Napi::CallbackInfo& info, size_t found, size_t wanted) {
    if (found != wanted) {
      throw Napi::RangeError::New(info.Env(), std::to_string(found) + " numbers where there should be " + std::to_string(wanted));
    }
  }
  static void requireRoom(const Napi::CallbackInfo& info, size_t found, size_t wanted) {
    if (found < wanted) {
      throw Napi::RangeError::New(info.Env(), "room for " + std::to_string(found) + " hits where " + std::to_string(wanted) + " may come");
    }
  }
  static void requireComplete(const Napi::CallbackInfo& info, const Graph& graph) {
    if (graph.count() != graph.capacity()) throw Napi::Error::New(info.Env(), "not all rows have been added");
  }
  Allowed allowedOf(const Napi::CallbackInfo& info, size_t at, const Graph& graph) {
    if (info[at].IsNull()) return {};
    const auto words = typed<Napi::Uint32Array>(info, at, napi_uint32_array);
    requireLength(info, words.ElementLength(), (graph.capacity() + 31) / 32);
    return {words.Data()};
  }

  template <typename Work>
  static void guarded(const Napi::CallbackInfo& info, Work work) {
    try {
      work();
    } catch (const Napi::Error&) {
      throw;
    } catch (const std::exception& error) {
      throw Napi::Error::New(info.Env(), error.what());
    }
  }

  size_t dimensions_ = 0;
  Storage storage_ = Storage::Float32;
  std::shared_ptr<Graph> graph_;
  bool building_ = false;
};

Napi::Object init(Napi::Env env, Napi::Object exports) {
  env.SetInstanceData(new Threads());
  exports.Set("startWalkers", Napi::Function::New(env, startWalkers, "startWalkers"));
  exports.Set("takeWalks", Napi::Function::New(env, takeWalks, "takeWalks"));
  return NativeGraph::init(env, exports);
}

}  // namespace

NODE_API_MODULE(quartet_graph, init)
