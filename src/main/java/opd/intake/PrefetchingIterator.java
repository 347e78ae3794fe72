package opd.intake;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/// Runs an iterator on a thread of its own, a little ahead of whoever takes its elements here: so
/// reading, deciding and printing go on at the same time, each in its order.
final class PrefetchingIterator<T> implements Iterator<T>, AutoCloseable {
  private static final int MOST_AHEAD = 2;

  private sealed interface Step<T> {
    record Element<T>(T value) implements Step<T> {}

    record Failed<T>(RuntimeException failure) implements Step<T> {}

    record Ended<T>() implements Step<T> {}
  }

  private final BlockingQueue<Step<T>> steps = new ArrayBlockingQueue<>(MOST_AHEAD);
  private final Thread thread;
  private @Nullable Step<T> following;

  /// @param name of the thread
  /// @param source used by that thread only, from now on
  PrefetchingIterator(String name, Iterator<T> source) {
    thread = Thread.ofPlatform().name(name).daemon().start(() -> run(source));
  }

  private void run(Iterator<T> source) {
    try {
      while (source.hasNext()) {
        steps.put(new Step.Element<>(source.next()));
      }
      steps.put(new Step.Ended<>());
    } catch (InterruptedException e) {
      // Closed: nobody takes any more.
    } catch (RuntimeException e) {
      fail(e);
    } catch (Error e) {
      // Whoever waits for the next element must not wait for ever.
      fail(new IllegalStateException(Thread.currentThread().getName() + " ended", e));
    }
  }

  private void fail(RuntimeException failure) {
    try {
      steps.put(new Step.Failed<>(failure));
    } catch (InterruptedException e) {
      // Closed: nobody asks any more.
    }
  }

  /// @throws RuntimeException what the iterator threw, after all that it gave before
  @Override
  public boolean hasNext() {
    if (following == null) {
      following = take();
    }
    return switch (following) {
      case Step.Element<T> _ -> true;
      case Step.Ended<T> _ -> false;
      case Step.Failed<T>(RuntimeException failure) -> throw failure;
    };
  }

  @Override
  public T next() {
    if (!hasNext() || !(following instanceof Step.Element<T>(T value))) {
      throw new NoSuchElementException();
    }
    following = null;
    return value;
  }

  private Step<T> take() {
    try {
      return steps.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Step.Failed<>(new IllegalStateException("interrupted", e));
    }
  }

  /// Ends the thread, if it has not come to its end.
  @Override
  public void close() {
    thread.interrupt();
  }
}
