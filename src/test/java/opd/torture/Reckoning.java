package opd.torture;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import opd.testing.CallLog;
import opd.testing.Prompt;

/// Holds what desks were told against what the database says once the trouble is over: every
/// acknowledged outcome is there, every unknown one is settled by its request id, what "did not
/// happen" did not, and all rules hold.
final class Reckoning {
  /// How an outcome that is unknown is settled.
  enum Settling {
    BY_REQUEST_ID,
    /// As somebody would who gave no request id: the checks must find out.
    BY_REPEATING
  }

  private static final Duration ENOUGH = Duration.ofSeconds(30);

  /// After an idle transaction's two seconds, and what a busy machine takes.
  private static final Duration LONGEST_LOCK = Duration.ofMillis(3_500);

  private static final String IN_TRANSACTION =
      "select concat_ws(' ', state, wait_event, now() - state_change, left(query, 100))"
          + " from pg_stat_activity where application_name = 'opd' and xact_start is not null";

  private static final Map<String, String> NEVER =
      Map.of(
          "holds more than its capacity",
          "select s.label from slot s where s.capacity <"
              + " (select count(*) from token where slot_id = s.id and status = 'ACTIVE')",
          "has a gap in its numbers",
          "select slot_id from token group by slot_id having count(*) <> max(sequence_number)",
          "has counts that are not its tokens'",
          "select slot_id from slot_count c where concat_ws(' ', active, displaced, cancelled, no_show,"
              + " completed) <> (select concat_ws(' ', count(*) filter (where status = 'ACTIVE'),"
              + " count(*) filter (where status = 'DISPLACED'),"
              + " count(*) filter (where status = 'CANCELLED'),"
              + " count(*) filter (where status = 'NO_SHOW'),"
              + " count(*) filter (where status = 'COMPLETED'))"
              + " from token t where t.slot_id = c.slot_id)",
          "sits twice in a slot",
          "select patient_id from token where status = 'ACTIVE' group by slot_id, patient_id"
              + " having count(*) > 1",
          "got two tokens for one request",
          // But for those whom a doctor's absence moved.
          "select request_id from audit_entry where kind in ('TOKEN_ALLOCATED', 'SLOT_CANCELLED')"
              + " group by request_id"
              + " having count(*) filter (where kind = 'TOKEN_ALLOCATED') > 1"
              + " and count(*) filter (where kind = 'SLOT_CANCELLED') = 0",
          "was called another number of times than the log tells",
          "select token_id from serving s where calls <> (select count(*) from audit_entry"
              + " where token_id = s.token_id and kind = 'TOKEN_CALLED')",
          "was decided and has no outcome",
          "select request_id from audit_entry a where not exists"
              + " (select from request where id = a.request_id)",
          "is stored twice",
          "select id from request group by id having count(*) > 1",
          "is in no log",
          "select id from token t where not exists"
              + " (select from audit_entry where token_id = t.id and kind = 'TOKEN_ALLOCATED')");

  private final List<FrontDesk> desks;
  private final Prompt superuser;
  private final Settling settling;
  private final List<String> problems = new ArrayList<>();
  private int unknownThatHappened;
  private int unknownThatDidNot;
  private int acrossPrograms;

  Reckoning(FrontDesk desk, Prompt superuser, Settling settling) {
    this(List.of(desk), superuser, settling);
  }

  /// @param desks one of each program: what is unknown is settled by one after the other, what is
  ///   decided each is asked to repeat, and all verify
  Reckoning(List<FrontDesk> desks, Prompt superuser, Settling settling) {
    this.desks = desks;
    this.superuser = superuser;
    this.settling = settling;
  }

  /// @param unknownThatHappened how many wishes with exit 6 had taken effect
  /// @param acrossPrograms how many outcomes another program told again than the one that had told
  ///   them first
  record Result(
      List<String> problems, int unknownThatHappened, int unknownThatDidNot, int acrossPrograms) {

    /// With what was found besides.
    Result and(List<String> others) {
      List<String> all = Stream.concat(others.stream(), problems.stream()).toList();
      return new Result(all, unknownThatHappened, unknownThatDidNot, acrossPrograms);
    }
  }

  Result of(List<Told> all) throws SQLException {
    return of(all, Duration.ZERO);
  }

  /// @param down how long the desks had no server
  Result of(List<Told> all, Duration down) throws SQLException {
    awaitLocks();
    Set<String> stored = new HashSet<>(superuser.column("select id from request"));
    for (Told told : all) {
      check(told.isInTime(down), told, "took too long");
      judge(told, stored.contains(told.wish().id()));
    }
    checkCalls(all);
    List<Told> decided = all.stream().filter(Told::isDecided).toList();
    desks.forEach(desk -> repeatDecided(desk, decided));
    for (var check : NEVER.entrySet()) {
      for (String what : superuser.column(check.getValue())) {
        problems.add(what + " " + check.getKey());
      }
    }
    for (FrontDesk desk : desks) {
      String verified = desk.give("audit", "verify", "--timeout", "60").out();
      if (!verified.contains("\"ok\":true")) {
        problems.add("audit verify of %s: %s".formatted(desk.program(), verified.strip()));
      }
    }
    return new Result(problems, unknownThatHappened, unknownThatDidNot, acrossPrograms);
  }

  /// Every call that a desk was told of is in the log, once; no other is.
  private void checkCalls(List<Told> all) throws SQLException {
    Set<String> called =
        new HashSet<>(
            superuser.column("select request_id from audit_entry where kind = 'TOKEN_CALLED'"));
    for (Told told : all) {
      if (told.isDecided()) {
        check(
            called.contains(told.wish().id()) == told.isOfCall(),
            told,
            "is a call that the log does not tell of, or the other way round");
      }
    }
    CallLog.faults(superuser).forEach(fault -> problems.add("calls: " + fault));
  }

  private void awaitLocks() throws SQLException {
    long start = System.nanoTime();
    try {
      superuser.run("set local lock_timeout = '5s'", "select id from slot for no key update");
    } catch (SQLException e) {
      problems.add("a lock stayed: " + e.getSQLState() + " " + superuser.column(IN_TRANSACTION));
    }
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    if (took.compareTo(LONGEST_LOCK) > 0) {
      problems.add("a lock stayed for " + took.toMillis() + " ms");
    }
  }

  private void judge(Told told, boolean isStored) {
    switch (told.exit()) {
      case 0, 3 -> check(isStored, told, "is lost");
      case Told.NOT_FOUND -> check(!isStored, told, "names what does not exist, and was decided");
      case Told.NOT_SET_UP, Told.UNAVAILABLE ->
          check(!isStored, told, "did not happen, and was decided");
      case Told.UNKNOWN -> settle(told, isStored);
      default -> problems.add("unexpected: " + told);
    }
  }

  private void settle(Told told, boolean isStored) {
    Wish wish = told.wish().within(ENOUGH);
    FrontDesk desk = desks.get((unknownThatHappened + unknownThatDidNot) % desks.size());
    Told again =
        switch (settling) {
          case BY_REQUEST_ID -> desk.tell(wish);
          case BY_REPEATING -> desk.tellAnew(wish);
        };
    if (isStored) {
      unknownThatHappened++;
    } else {
      unknownThatDidNot++;
    }
    check(
        again.isDecided() || again.exit() == Told.NOT_FOUND,
        again,
        "is not settled by repeating it");
    check(again.isReplayed() == isStored, again, "is not told again as it happened");
    acrossPrograms += isStored && !again.by().equals(told.by()) ? 1 : 0;
  }

  /// At one console, which is quick.
  private void repeatDecided(FrontDesk desk, List<Told> decided) {
    StringBuilder script = new StringBuilder();
    for (Told told : decided) {
      script.append(told.wish().within(ENOUGH).typed()).append('\n');
    }
    List<String> lines = desk.script(script.toString()).lines().toList();
    if (lines.size() != 2 * decided.size()) {
      problems.add("%d wishes repeated by %s: %s".formatted(decided.size(), desk.program(), lines));
      return;
    }
    for (int index = 0; index < decided.size(); index++) {
      Told told = decided.get(index);
      String again = lines.get(2 * index);
      check(
          again.contains("\"replayed\":true")
              && again.replace("\"replayed\":true", "").equals(told.outcome()),
          told,
          "is told otherwise when repeated by " + desk.program() + ": " + again);
      acrossPrograms += told.by().equals(desk.program()) ? 0 : 1;
    }
  }

  private void check(boolean holds, Told told, String otherwise) {
    if (!holds) {
      problems.add(otherwise + ": " + told);
    }
  }
}
