package opd.cli;

import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.SQLException;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import opd.cli.session.CommandContext;
import opd.cli.session.ConsoleState;
import opd.cli.session.Surroundings;
import opd.output.StandardOutput;
import opd.testing.Prompt;

/// Gives one facility thousands of wrong commands, and looks after each whether any table changed.
final class WrongInput implements AutoCloseable {
  private static final String STORED_TEXTS =
      """
      select name from patient union select name from doctor
      union select specialization from doctor
      union select facts::json ->> 'reason' from audit_entry
      union select facts::json ->> 'room' from audit_entry\
      """;

  private final CommandLineFixture desk = new CommandLineFixture();
  private final ConsoleState consoleState = ConsoleState.ofOneCommand();
  private final Prompt prompt;
  private final Map<String, Integer> counts = new TreeMap<>();
  private final List<String> faults = new ArrayList<>();
  private final String everyTable;
  private String state;

  private WrongInput() throws SQLException {
    this.prompt = Prompt.asSuperuser(desk.facility());
    this.everyTable =
        prompt.column("select tablename from pg_tables where schemaname = current_schema").stream()
            .map("(select concat(count(*), ' ', max(xmin::text::bigint)) from %s)"::formatted)
            .collect(Collectors.joining(", ", "select concat_ws(', ', ", ")"));
    furnish();
    this.state = state();
  }

  /// @param counts how often each kind of mistake, exit, error code and refusal was reached
  record Report(List<String> faults, Map<String, Integer> counts) {}

  static Report run(long seed, int lines) throws SQLException {
    return run(seed, lines, _ -> false);
  }

  private static Report run(long seed, int lines, Predicate<String> isSought) throws SQLException {
    try (WrongInput input = new WrongInput()) {
      WrongLines made = new WrongLines(new SplittableRandom(seed));
      int looked = 0;
      for (int count = 0; count < lines; count++) {
        input.check(made.next());
        List<String> more = input.faults.subList(looked, input.faults.size());
        if (more.stream().anyMatch(isSought)) {
          return new Report(input.faults, input.counts);
        }
        looked = input.faults.size();
      }
      input.checkTables();
      return new Report(input.faults, input.counts);
    }
  }

  /// Up to the first fault that contains this text. Only classes of the JDK go in and out, so that
  /// a mutant in a class loader of its own can be asked.
  static List<String> faults(long seed, int lines, String sought) throws SQLException {
    return run(seed, lines, fault -> fault.contains(sought)).faults();
  }

  /// Something in every state.
  private void furnish() {
    for (String line :
        """
        doctor add RAO --name Dr.Rao
        doctor add IYER --name Dr.Iyer
        slot open --doctor RAO --start 2030-01-07T09:00Z --minutes 60 --capacity 2
        slot open --doctor RAO --start 2030-01-07T10:00Z --minutes 60 --capacity 1
        slot open --doctor RAO --start 2030-01-07T11:00Z --minutes 60 --capacity 2
        slot open --doctor RAO --start 2030-01-07T12:00Z --minutes 60 --capacity 2
        slot open --doctor RAO --start 2030-01-07T13:00Z --minutes 60 --capacity 500
        doctor deactivate IYER
        allocate --slot RAO-20300107-0900 --phone 9876500001 --name P1 --priority follow-up --source app
        allocate --slot RAO-20300107-0900 --phone 9876500002 --name P2 --priority follow-up --source app
        allocate --slot RAO-20300107-0900 --phone 9876500003 --name P3 --priority emergency --source app
        allocate --slot RAO-20300107-1000 --phone 9876500004 --name P4 --priority paid --source app
        cancel RAO-20300107-1000-01
        allocate --slot RAO-20300107-1000 --phone 9876500005 --name P5 --priority paid --source app
        no-show RAO-20300107-1000-02
        allocate --slot RAO-20300107-1000 --phone 9876500006 --name P6 --priority paid --source app
        allocate --slot RAO-20300107-1100 --phone 9876500007 --name P7 --priority paid --source app
        slot cancel RAO-20300107-1100 --reason ill
        allocate --slot RAO-20300107-1200 --phone 9876500008 --name P8 --priority paid --source app
        slot complete RAO-20300107-1200
        reallocate RAO-20300107-0900-02 --to RAO-20300107-1300
        doctor add MINI --name Dr.Mini
        slot open --doctor MINI --start 2030-01-07T09:00Z --minutes 60 --capacity 1
        allocate --slot MINI-20300107-0900 --phone 9876500009 --name P9 --priority paid --source app
        allocate --slot MINI-20300107-0900 --phone 9876500010 --name P10 --priority emergency --source app\
        """
            .lines()
            .toList()) {
      if (desk.run(line.split(" ")).exit() != 0) {
        throw new AssertionError(line);
      }
    }
  }

  private void check(WrongLine line) throws SQLException {
    count(line.kind());
    CommandLineFixture.Result result = run(line);
    String now = state();
    boolean isChanged = !now.equals(state);
    state = now;
    faults.addAll(Contract.faults(line, result, isChanged, this::count));
    WrongLine.Stored text = line.text();
    if (text != null && isChanged && result.exit() == 0) {
      count("stored " + text.kind());
      checkStored(text, line);
    }
  }

  /// What is taken is taken as it was given.
  private void checkStored(WrongLine.Stored text, WrongLine line) throws SQLException {
    String given = Normalizer.normalize(text.value(), Normalizer.Form.NFC).strip();
    if (!text.kind().isAllowed() || !prompt.column(STORED_TEXTS).contains(given)) {
      faults.add("stored, but not as given: " + line);
    }
  }

  private void count(String what) {
    counts.merge(what, 1, Integer::sum);
  }

  private CommandLineFixture.Result run(WrongLine line) {
    Map<String, String> environment = new HashMap<>(desk.environment());
    if (line.isJson()) {
      environment.put("OPD_OUTPUT", "json");
    }
    environment.putAll(line.variables());
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Surroundings surroundings =
        new Surroundings(
            environment,
            new ByteArrayInputStream(line.input()),
            new StandardOutput(out),
            new PrintWriter(err),
            false,
            0,
            0);
    int exit;
    try {
      exit =
          Program.run(
              new CommandContext(surroundings, consoleState), line.words().toArray(String[]::new));
    } catch (RuntimeException e) {
      faults.add("threw " + e + ": " + line);
      exit = 1;
    }
    return new CommandLineFixture.Result(exit, out.toString(), err.toString());
  }

  /// Every row that is made or changed gets a newer xmin, and one that is deleted is missed.
  private String state() throws SQLException {
    return prompt.text(everyTable);
  }

  /// Nothing that could do harm is anywhere.
  private void checkTables() throws SQLException {
    for (String table : List.of("patient", "doctor", "audit_entry", "request")) {
      prompt.column("select t::text from " + table + " t").stream()
          .filter(Objects::nonNull)
          .filter(row -> Visible.firstHarmful(row).isPresent())
          .forEach(row -> faults.add("harmful in " + table + ": " + Visible.of(row)));
    }
  }

  @Override
  public void close() throws SQLException {
    consoleState.close();
    prompt.close();
    desk.close();
  }
}
