package opd.service;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import opd.testing.Clinic;

/// Sixteen desks that work at the same moment.
final class ManyDesks {
  static final int DESKS = 16;

  private ManyDesks() {}

  interface Work<T> {
    T at(FacilityServices desk, int number);
  }

  /// Does the work at each of them, with a connection of its own; they begin together.
  static <T> List<T> atOnce(Clinic clinic, Work<T> work) throws Exception {
    CyclicBarrier start = new CyclicBarrier(DESKS);
    try (ExecutorService desks = Executors.newFixedThreadPool(DESKS)) {
      List<Future<T>> futures =
          IntStream.range(0, DESKS)
              .mapToObj(number ->
                  desks.submit(() -> {
                    try (FacilityServices desk = clinic.facility().desk()) {
                      start.await();
                      return work.at(desk, number);
                    }
                  }))
              .toList();
      List<T> results = new ArrayList<>();
      for (Future<T> future : futures) {
        results.add(future.get());
      }
      return results;
    }
  }
}
