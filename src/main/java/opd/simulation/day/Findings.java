package opd.simulation.day;

import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/// The checks of one step as they are made. Labels in names and expectations may leave out the
/// date.
public final class Findings {
  private final ShortLabels labels;
  private final List<Check> checks = new ArrayList<>();
  private final List<Duration> times = new ArrayList<>();
  private long start = System.nanoTime();

  public Findings(LocalDate date) {
    labels = new ShortLabels(date);
  }

  /// Notes whether what was found is what was expected.
  ///
  /// @param name a sentence that says what must be so
  public void expect(String name, String expected, String found) {
    String wanted = labels.expand(expected);
    boolean ok = wanted.equals(found);
    note(name, ok, ok ? "" : "expected: " + wanted + "; found: " + found);
  }

  /// Notes whether a look found nothing wrong.
  ///
  /// @param faults what is wrong, one sentence each
  public void expectNone(String name, List<String> faults) {
    expectNone(name, faults, "");
  }

  /// Notes whether looking again and again found nothing wrong.
  ///
  /// @param extent how much was looked at, as `412 times`
  void expectNone(String name, List<String> faults, String extent) {
    note(name, faults.isEmpty(), faults.isEmpty() ? extent : String.join("; ", faults));
  }

  /// Carries out a part of the step; if it breaks off, that is a failed check of this name.
  public void guard(String name, Runnable part) {
    try {
      part.run();
    } catch (RuntimeException e) {
      note(name, false, e.getClass().getSimpleName() + ": " + e.getMessage());
    }
  }

  private void note(String name, boolean ok, String detail) {
    checks.add(new Check(labels.expand(name), ok, detail));
    long now = System.nanoTime();
    times.add(Duration.ofNanos(now - start));
    start = now;
  }

  public List<Check> checks() {
    return List.copyOf(checks);
  }

  /// How long each check took, with the work since the one before it.
  List<Duration> times() {
    return List.copyOf(times);
  }
}
