package opd.service;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import opd.domain.FacilityName;
import opd.domain.FacilityRole;
import opd.store.connection.DatabaseSettings;
import opd.store.connection.Transaction;
import opd.store.connection.Transactions;
import opd.store.schema.DatabaseFacts;
import opd.store.schema.Distribution;
import opd.store.schema.FacilityStore;
import opd.store.schema.GuardDifference;
import opd.store.schema.Guards;
import opd.store.schema.LoginRights;
import opd.store.schema.Schema;
import opd.store.table.FacilityFigures;
import org.jspecify.annotations.Nullable;

/// Looks whether a facility's database is as it should be. Any of its logins may; nothing is
/// changed, and no patient read.
public final class CheckService {
  private static final int OLDEST_SERVER = 15;
  private static final Duration MOST_SKEW = Duration.ofSeconds(5);
  private static final Duration LONGEST_LOCK = Duration.ofMinutes(1);
  private static final String OFF = "off";

  private final Transactions transactions;
  private final FacilityStore.Found found;

  CheckService(Transactions transactions, FacilityStore.Found found) {
    this.transactions = transactions;
    this.found = found;
  }

  /// What a facility's state is, in figures.
  ///
  /// @param server its version
  /// @param node the server that holds the facility, of those that Citus joins; null where there is
  ///   but one
  /// @param bytes of the log, the requests and the tables of the facility
  /// @param lastDecision null where nothing was decided yet
  /// @param longestLock null for none
  /// @param differences of the guards; empty where a newer program made the schema
  public record State(
      String server,
      @Nullable String node,
      long bytes,
      long tokens,
      @Nullable Instant lastDecision,
      @Nullable String longestLock,
      Optional<List<GuardDifference>> differences) {
    /// Whether no guard differs, as far as they can be compared.
    public boolean isUnaltered() {
      return differences.map(List::isEmpty).orElse(true);
    }
  }

  /// Everything about the database, the important things first.
  public List<Check> database() {
    return transactions.read(transaction -> {
      FacilityName facility = transactions.settings().facility();
      DatabaseFacts facts =
          DatabaseFacts.read(transaction, List.copyOf(expectedSettings().keySet()));
      List<Check> checks = new ArrayList<>();
      checks.add(server(facts));
      checks.add(encryption(facts));
      checks.add(rights(LoginRights.of(transaction, facility), facility));
      checks.addAll(settings(facts.settings()));
      checks.add(schema());
      checks.addAll(guards(transaction, facility));
      checks.addAll(extensions(facts.extensions()));
      checks.add(encoding(facts));
      checks.add(identities(DatabaseFacts.identitiesBehind(transaction, facility)));
      checks.add(clock(facts));
      checks.add(lock(DatabaseFacts.longestLock(transaction, facility)));
      return checks;
    });
  }

  /// How large the database is, which is all that a server tells of its disk.
  public long databaseBytes() {
    return transactions.read(transaction -> DatabaseFacts.read(transaction, List.of()).bytes());
  }

  private Check server(DatabaseFacts facts) {
    int major = Integer.parseInt(facts.version().split("\\D", 2)[0]);
    return Check.of(
        "database",
        major >= OLDEST_SERVER,
        "PostgreSQL %s at %s%s"
            .formatted(
                facts.version(),
                transactions.settings().place(),
                facts.isStandby() ? ", a standby" : ""),
        "PostgreSQL %d or newer".formatted(OLDEST_SERVER));
  }

  private static Check encryption(DatabaseFacts facts) {
    String encryption = facts.encryption();
    return Check.of(
            "encryption",
            encryption != null || facts.isLocal(),
            encryption != null ? encryption : facts.isLocal() ? "none, on this machine" : "none",
            "TLS, or one machine")
        .mendedBy("sslmode=verify-full in the database's URL");
  }

  private static Check rights(LoginRights login, FacilityName facility) {
    String role = login.role().map(facility::role).orElse("");
    String found =
        login.isSuperuser()
            ? "a superuser: for administration only"
            : login.isOwner()
                ? "the schema's owner: for administration only"
                : login.role().isEmpty()
                    ? "none of the facility's roles"
                    : login.more().isEmpty()
                        ? "those of " + role
                        : "more than %s: %s"
                            .formatted(
                                role,
                                login.more().stream().limit(5).collect(Collectors.joining(", ")));
    boolean ok =
        login.isSuperuser()
            || login.isOwner()
            || (login.role().isPresent() && login.more().isEmpty());
    return Check.of(
            "rights of " + login.login(),
            ok,
            found,
            login.role().isPresent()
                ? "those of " + role
                : "those of %s, %s or %s"
                    .formatted(
                        facility.role(FacilityRole.DESK),
                        facility.role(FacilityRole.ROOM),
                        facility.role(FacilityRole.AUDITOR)))
        .mendedBy("the database's administrator: GRANT and REVOKE");
  }

  /// By name, with what they must be; for some it is what they must not be.
  private static Map<String, String> expectedSettings() {
    Map<String, String> expected = new LinkedHashMap<>();
    for (String bound :
        List.of("lock_timeout", "statement_timeout", "idle_in_transaction_session_timeout")) {
      expected.put(bound, DatabaseSettings.BOUNDS.getOrDefault(bound, ""));
    }
    expected.put("session_replication_role", "origin");
    expected.put("synchronous_commit", "not off");
    expected.put("fsync", "on");
    expected.put("full_page_writes", "on");
    return expected;
  }

  private static List<Check> settings(Map<String, String> inForce) {
    List<Check> checks = new ArrayList<>();
    expectedSettings()
        .forEach((name, expected) -> {
          String value = inForce.getOrDefault(name, "");
          boolean ok = expected.equals("not off") ? !value.equals(OFF) : value.equals(expected);
          checks.add(
              Check.of("setting " + name, ok, value, expected)
                  .mendedBy("the database's administrator: ALTER SYSTEM, DATABASE or ROLE"));
        });
    return checks;
  }

  private Check schema() {
    return Check.of(
        "schema",
        true,
        "version " + found.schemaVersion(),
        found.schemaVersion() == Schema.VERSION
            ? "version " + Schema.VERSION
            : "version %d, or a newer one that admits this program".formatted(Schema.VERSION));
  }

  /// One check for all that is as it should be, and one for each difference.
  private List<Check> guards(Transaction transaction, FacilityName facility) {
    if (found.schemaVersion() != Schema.VERSION) {
      return List.of(Check.of("guards", true, "not compared", "those of a newer program's schema"));
    }
    List<GuardDifference> differences = Guards.differences(transaction, facility);
    List<Check> checks = new ArrayList<>();
    checks.add(
        Check.of(
            "guards",
            differences.isEmpty(),
            differences.isEmpty() ? "unaltered" : differences.size() + " differ",
            "unaltered"));
    differences.forEach(difference ->
        checks.add(
            Check.of(difference.name(), false, difference.found(), difference.expected())
                .mendedBy(difference.remedy().text())));
    return checks;
  }

  private static List<Check> extensions(Map<String, String> installed) {
    return List.of("btree_gist", "pg_trgm").stream()
        .map(name ->
            Check.of(
                    "extension " + name,
                    installed.containsKey(name),
                    installed.getOrDefault(name, "missing"),
                    "installed")
                .mendedBy("opd db migrate"))
        .toList();
  }

  private static Check encoding(DatabaseFacts facts) {
    return Check.of("encoding", facts.encoding().equals("UTF8"), facts.encoding(), "UTF8");
  }

  /// After a switch to a logical replica the next number of a table may be one that is given away.
  private static Check identities(List<String> behind) {
    return Check.of(
            "next numbers",
            behind.isEmpty(),
            behind.isEmpty()
                ? "ahead of all rows"
                : "behind the rows of " + String.join(", ", behind),
            "ahead of all rows")
        .mendedBy("opd db migrate");
  }

  private static Check clock(DatabaseFacts facts) {
    Duration skew = facts.ahead();
    return Check.of(
        "clock",
        skew.abs().compareTo(MOST_SKEW) <= 0,
        "%+.1f s beside this machine's".formatted(skew.toMillis() / 1000.0),
        "within %d s of this machine's".formatted(MOST_SKEW.toSeconds()));
  }

  private static Check lock(DatabaseFacts.@Nullable LongestLock lock) {
    return Check.of(
            "longest lock",
            lock == null || !lock.isLongerThan(LONGEST_LOCK),
            lock == null ? "none" : lock.shown(),
            "at most %d s".formatted(LONGEST_LOCK.toSeconds()))
        .mendedBy("select pg_terminate_backend(PROCESS)");
  }

  /// The state of the facility for those who look after many.
  public State state() {
    return transactions.read(transaction -> {
      FacilityName facility = transactions.settings().facility();
      FacilityFigures figures = FacilityFigures.read(transaction, facility);
      DatabaseFacts.LongestLock lock = DatabaseFacts.longestLock(transaction, facility);
      return new State(
          DatabaseFacts.read(transaction, List.of()).version(),
          Distribution.server(transaction, facility).orElse(null),
          figures.bytes(),
          figures.allTokens(),
          figures.lastDecision(),
          lock == null ? null : lock.shown(),
          found.schemaVersion() == Schema.VERSION
              ? Optional.of(Guards.differences(transaction, facility))
              : Optional.empty());
    });
  }
}
