package opd.torture;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Desks that work side by side while somebody makes trouble, and for as long as that takes.
final class DesksAtWork {
  static final int DESKS = 8;

  private final Places places;
  private final int desks;
  private final int wishes;
  private final Duration timeout;
  private int done;
  private boolean isOver;

  /// @param wishes of each desk, at least
  /// @param timeout of each command
  DesksAtWork(Places places, int desks, int wishes, Duration timeout) {
    this.places = places;
    this.desks = desks;
    this.wishes = wishes;
    this.timeout = timeout;
  }

  /// Where a desk works all the time.
  interface Places {
    /// @param random draws which
    Desk of(Random random) throws IOException;
  }

  /// Makes trouble again and again until it says that it has made enough.
  interface Mischief {
    /// @return whether there is more to come
    boolean once() throws Exception;
  }

  /// @param name what the requests' ids begin with
  List<Told> work(String name, long seed, Mischief mischief) throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(desks)) {
      List<Future<List<Told>>> mornings = new ArrayList<>();
      for (int number = 0; number < desks; number++) {
        Random random = new Random(seed * desks + number);
        String prefix = name + "-" + number + "-";
        mornings.add(threads.submit(() -> morning(prefix, random)));
      }
      makeTrouble(mischief, new Random(seed));
      List<Told> all = new ArrayList<>();
      for (Future<List<Told>> future : mornings) {
        all.addAll(future.get());
      }
      return all;
    }
  }

  private void makeTrouble(Mischief mischief, Random random) throws Exception {
    try {
      boolean goesOn = true;
      while (goesOn) {
        await(1 + random.nextInt(DESKS * 2));
        goesOn = mischief.once();
      }
    } finally {
      end();
    }
  }

  private List<Told> morning(String prefix, Random random) throws IOException {
    List<Told> told = new ArrayList<>();
    try (Desk desk = places.of(random)) {
      for (int number = 0; number < wishes || !isOver(); number++) {
        told.add(desk.tell(new Wish(prefix + number, Morning.words(random), timeout)));
        count();
      }
    }
    return told;
  }

  private synchronized void count() {
    done++;
    notifyAll();
  }

  private synchronized void end() {
    isOver = true;
  }

  private synchronized boolean isOver() {
    return isOver;
  }

  /// Until so many more wishes are fulfilled, or a moment has passed: trouble may keep all desks
  /// waiting.
  private synchronized void await(int more) throws InterruptedException {
    int wanted = done + more;
    long end = System.nanoTime() + Duration.ofMillis(300).toNanos();
    long left = end - System.nanoTime();
    while (done < wanted && left > 0) {
      wait(1 + left / 1_000_000);
      left = end - System.nanoTime();
    }
  }
}
