package opd.cli.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import opd.cli.session.CommandContext;
import opd.cli.session.Description;
import opd.cli.session.Given;
import opd.simulation.plan.Scenario;
import opd.simulation.plan.ScenarioFile;
import opd.simulation.plan.Sizes;

/// Which day is generated.
final class SimulationOptions {
  private static final int MOST_DESKS = 64;
  private static final int MOST_DAYS = 10_000;

  private final Given<Long> seed =
      Given.value(Long.class, "--seed", "N", "What the generated day is drawn from (default: 1).");
  private final Given<Integer> days =
      Given.value(
          Integer.class, "--days", "N", "So many days with seeds from --seed on, until one fails.");
  private final Given<Integer> desks =
      Given.value(Integer.class, "--desks", "N", "Desks that work at the same time (default: 1).");
  private final Given<Integer> doctors =
      Given.value(Integer.class, "--doctors", "N", "Of the generated day (default: 8).");
  private final Given<Integer> slots =
      Given.value(Integer.class, "--slots", "N", "Of each doctor (default: 6).");
  private final Given<Integer> capacity =
      Given.value(
          Integer.class,
          "--capacity",
          "N",
          "Of each slot (default: four places for five patients).");
  private final Given<Integer> patients =
      Given.value(Integer.class, "--patients", "N", "Who ask for a token (default: 360).");
  private final Given<Path> scenario =
      Given.value(
          Path.class,
          "--scenario",
          "FILE",
          "Sizes, rates and events of your own hospital, as JSON.",
          "'opd simulate --scenario-example' prints one to start from.");

  Description addTo(Description command) {
    return command.takes(seed, days, desks, doctors, slots, capacity, patients, scenario);
  }

  long seed() {
    return seed.or(1L);
  }

  int days() {
    return days.or(1);
  }

  int desks() {
    return desks.or(1);
  }

  /// @throws opd.domain.OpdException USAGE, INVALID_INPUT
  Scenario scenario() {
    check(desks() >= 1 && desks() <= MOST_DESKS, "--desks is from 1 to " + MOST_DESKS);
    check(days() >= 1 && days() <= MOST_DAYS, "--days is from 1 to " + MOST_DAYS);
    if (scenario.isGiven()) {
      check(sizes().isEmpty(), "the sizes come from --scenario or from options, not from both");
      return ScenarioFile.read(scenario.get());
    }
    Sizes standard = Sizes.STANDARD;
    int doctorCount = doctors.or(standard.doctors());
    int slotCount = slots.or(standard.slots());
    int patientCount = patients.or(standard.patients());
    int fitting = Sizes.fittingCapacity(doctorCount, slotCount, patientCount);
    return Scenario.of(new Sizes(doctorCount, slotCount, capacity.or(fitting), patientCount));
  }

  private static void check(boolean condition, String message) {
    if (!condition) {
      throw CommandContext.usage(message);
    }
  }

  /// The command that plays one day of these again.
  String repeat(String day, long daysSeed) {
    List<String> words = new ArrayList<>(List.of("opd simulate --day", day, "--seed"));
    words.add(Long.toString(daysSeed));
    if (desks() > 1) {
      words.add("--desks " + desks());
    }
    words.addAll(sizes());
    if (scenario.isGiven()) {
      words.add("--scenario " + scenario.get());
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

  private static void add(List<String> words, String option, Given<Integer> value) {
    value.optional().ifPresent(given -> words.add(option + " " + given));
  }
}
