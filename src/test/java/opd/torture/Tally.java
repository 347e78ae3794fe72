package opd.torture;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What a campaign reached, and what went wrong in it.
final class Tally {
  private final Map<Fault, Integer> reached = new EnumMap<>(Fault.class);
  private final Map<String, Integer> commands = new TreeMap<>();
  private final List<String> problems = new ArrayList<>();
  private int unknownThatHappened;
  private int unknownThatDidNot;
  private int acrossPrograms;

  /// How often each fault really met a command.
  Map<Fault, Integer> reached() {
    return reached;
  }

  List<String> problems() {
    return problems;
  }

  int commands() {
    return commands.values().stream().mapToInt(Integer::intValue).sum();
  }

  /// How many of them each program ran.
  Map<String, Integer> commandsByProgram() {
    return commands;
  }

  int unknownThatHappened() {
    return unknownThatHappened;
  }

  int unknownThatDidNot() {
    return unknownThatDidNot;
  }

  /// How many outcomes another program told again than the one that had told them first.
  int acrossPrograms() {
    return acrossPrograms;
  }

  void reach(Fault fault, int times) {
    reached.merge(fault, times, Integer::sum);
  }

  void fail(String round, String problem) {
    problems.add(round + ": " + problem);
  }

  /// @param told in this round
  void add(String round, List<Told> told, Reckoning.Result reckoned) {
    told.forEach(each -> commands.merge(each.by(), 1, Integer::sum));
    unknownThatHappened += reckoned.unknownThatHappened();
    unknownThatDidNot += reckoned.unknownThatDidNot();
    acrossPrograms += reckoned.acrossPrograms();
    reckoned.problems().forEach(problem -> fail(round, problem));
  }
}
