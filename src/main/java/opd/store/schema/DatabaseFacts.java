package opd.store.schema;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import opd.domain.FacilityName;
import opd.store.connection.Transaction;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/// What the server tells of itself and of a facility's database, to any login.
///
/// @param version of the server, such as 18.6
/// @param encoding of the database
/// @param isStandby whether it only reads
/// @param encryption of this session's connection, or null for none
/// @param isLocal whether both ends of the connection are on one machine
/// @param ahead how far the server's clock is ahead of this machine's
/// @param bytes of the whole database
/// @param extensions installed, with their versions
/// @param settings in force in this session, by name
public record DatabaseFacts(
    String version,
    String encoding,
    boolean isStandby,
    @Nullable String encryption,
    boolean isLocal,
    Duration ahead,
    long bytes,
    Map<String, String> extensions,
    Map<String, String> settings) {

  private static final String SERVER =
      """
      select current_setting('server_version'), current_setting('server_encoding'), pg_is_in_recovery(),
             (select version || ', ' || cipher from pg_stat_ssl where pid = pg_backend_pid() and ssl),
             coalesce(inet_client_addr() = inet_server_addr() or inet_client_addr() << '127.0.0.0/8', true),
             clock_timestamp(), pg_database_size(current_database())
      """;

  // What is held for long by those who change a facility, or waited for there. Who reads, as a
  // backup does, holds up no desk.
  private static final String LONGEST_LOCK =
      """
      select pid, extract(epoch from clock_timestamp() - coalesce(waitstart, xact_start))::float8 as seconds
        from pg_locks left join pg_stat_activity using (pid)
       where pid <> pg_backend_pid() and locktype = 'relation' and mode <> 'AccessShareLock'
         and pg_locks.database = (select oid from pg_database where datname = current_database())
         and relation in (select oid from pg_class where relnamespace = {0}::regnamespace)
       order by seconds desc nulls last limit 1
      """;

  // A desk may not read them; then nothing is known of them. Identities that were not carried along
  // by a logical replica start at 1.
  private static final String IDENTITIES_BEHIND =
      """
      select c.relname::text
        from pg_class c
        join pg_attribute a on a.attrelid = c.oid and a.attidentity <> ''
       where c.relnamespace = {0}::regnamespace and c.relkind = 'r'
         and has_column_privilege(c.oid, a.attnum, 'SELECT')
         and has_sequence_privilege(pg_get_serial_sequence({0} || '.' || c.relname, a.attname), 'SELECT')
      """;

  /// A lock on a table of the facility, or a wait for one.
  ///
  /// @param seconds since its transaction or the wait began; null where the server does not tell
  public record LongestLock(int process, @Nullable Double seconds) {
    public String shown() {
      return seconds == null
          ? "process " + process
          : "%.1f s, process %d".formatted(seconds, process);
    }

    public boolean isLongerThan(Duration bound) {
      return seconds != null && seconds > bound.toSeconds();
    }
  }

  /// @param names of the settings that are asked for
  public static DatabaseFacts read(Transaction transaction, List<String> names) {
    DSLContext sql = transaction.sql();
    Instant before = Instant.now();
    Record server = sql.fetchSingle(SERVER);
    // When it was answered is in between.
    Instant here = before.plus(Duration.between(before, Instant.now()).dividedBy(2));
    Map<String, String> extensions = new TreeMap<>();
    sql.fetch("select extname, extversion from pg_extension")
        .forEach(row -> extensions.put(row.get(0, String.class), row.get(1, String.class)));
    Map<String, String> settings = new TreeMap<>();
    sql.fetch(
            "select name, current_setting(name) from pg_settings where name = any ({0})",
            DSL.val(names.toArray(String[]::new)))
        .forEach(row -> settings.put(row.get(0, String.class), row.get(1, String.class)));
    return new DatabaseFacts(
        server.get(0, String.class),
        server.get(1, String.class),
        server.get(2, Boolean.class),
        server.get(3, String.class),
        server.get(4, Boolean.class),
        Duration.between(here, server.get(5, Instant.class)),
        server.get(6, Long.class),
        extensions,
        settings);
  }

  /// The one that has been held or waited for longest, or null for none.
  public static @Nullable LongestLock longestLock(Transaction transaction, FacilityName facility) {
    return transaction
        .sql()
        .fetchOptional(LONGEST_LOCK, DSL.val(facility.schema()))
        .map(row -> new LongestLock(row.get(0, Integer.class), row.get(1, Double.class)))
        .orElse(null);
  }

  /// The tables whose next number would be one that is given away already.
  public static List<String> identitiesBehind(Transaction transaction, FacilityName facility) {
    DSLContext sql = transaction.sql();
    if (transaction.isCitus()) {
      // Each server numbers the rows that come by way of it, in a range of its own.
      return List.of();
    }
    return sql
        .fetch(IDENTITIES_BEHIND, DSL.val(facility.schema()))
        .getValues(0, String.class)
        .stream()
        .filter(table -> isBehind(sql, facility, table))
        .toList();
  }

  private static boolean isBehind(DSLContext sql, FacilityName facility, String table) {
    return sql.fetchSingle(
            "select coalesce(pg_sequence_last_value(pg_get_serial_sequence({0}, 'id')::regclass), 0)"
                + " < coalesce((select max(id) from {1}), 0)",
            DSL.val(facility.schema() + "." + table), DSL.name(facility.schema(), table))
        .get(0, Boolean.class);
  }

  /// Continues the numbers of the tables whose next one is given away already.
  static void continueIdentities(Transaction transaction, FacilityName facility) {
    if (transaction.isCitus()) {
      Distribution.continueIdentities(transaction.sql(), facility);
      return;
    }
    for (String table : identitiesBehind(transaction, facility)) {
      transaction
          .sql()
          .fetch(
              "select setval(pg_get_serial_sequence({0}, 'id'), (select max(id) from {1}))",
              DSL.val(facility.schema() + "." + table), DSL.name(facility.schema(), table));
    }
  }
}
