package opd.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import opd.workload.Scenario;
import opd.workload.ScenarioFile;
import opd.workload.Sizes;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which day is generated.
final class SimulationOptions {
  private static final int MOST_DESKS = 64;
  private static final int MOST_DAYS = 10_000;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "What the generated day is drawn from (default: 1).")
  long seed;

  @Option(
      names = "--days",
      paramLabel = "N",
      defaultValue = "1",
      description = "So many days with seeds from --seed on, until one fails.")
  int days;

  @Option(
      names = "--desks",
      paramLabel = "N",
      defaultValue = "1",
      description = "Desks that work at the same time (default: 1).")
  int desks;

  @Option(names = "--doctors", paramLabel = "N", description = "Of the generated day (default: 8).")
  @Nullable Integer doctors;

  @Option(names = "--slots", paramLabel = "N", description = "Of each doctor (default: 6).")
  @Nullable Integer slots;

  @Option(
      names = "--capacity",
      paramLabel = "N",
      description = "Of each slot (default: four places for five patients).")
  @Nullable Integer capacity;

  @Option(
      names = "--patients",
      paramLabel = "N",
      description = "Who ask for a token (default: 360).")
  @Nullable Integer patients;

  @Option(
      names = "--scenario",
      paramLabel = "FILE",
      description = {
        "Sizes, rates and events of your own hospital, as JSON.",
        "'opd simulate --scenario-schema' prints what it may hold."
      })
  @Nullable Path scenario;

  /// @throws opd.domain.OpdException USAGE, INVALID_INPUT
  Scenario scenario() {
    check(desks >= 1 && desks <= MOST_DESKS, "--desks is from 1 to " + MOST_DESKS);
    check(days >= 1 && days <= MOST_DAYS, "--days is from 1 to " + MOST_DAYS);
    if (scenario != null) {
      check(sizes().isEmpty(), "the sizes come from --scenario or from options, not from both");
      return ScenarioFile.read(scenario);
    }
    Sizes standard = Sizes.STANDARD;
    int doctorCount = doctors == null ? standard.doctors() : doctors;
    int slotCount = slots == null ? standard.slots() : slots;
    int patientCount = patients == null ? standard.patients() : patients;
    int fitting = Sizes.fittingCapacity(doctorCount, slotCount, patientCount);
    return Scenario.of(
        new Sizes(doctorCount, slotCount, capacity == null ? fitting : capacity, patientCount));
  }

  private static void check(boolean condition, String message) {
    if (!condition) {
      throw Session.usage(message);
    }
  }

  /// The command that plays one day of these again.
  String repeat(String day, long daysSeed) {
    List<String> words = new ArrayList<>(List.of("opd simulate --day", day, "--seed"));
    words.add(Long.toString(daysSeed));
    if (desks > 1) {
      words.add("--desks " + desks);
    }
    words.addAll(sizes());
    if (scenario != null) {
      words.add("--scenario " + scenario);
    }
    return String.join(" ", words);
  }

  private List<String> sizes() {
    List<String> words = new ArrayList<>();
    add(words, "--doctors", doctors);
    add(words, "--slots", slots);
    add(words, "--capacity", capacity);
    add(words, "--patients", patients);
    return words;
  }

  private static void add(List<String> words, String option, @Nullable Integer value) {
    if (value != null) {
      words.add(option + " " + value);
    }
  }
}
