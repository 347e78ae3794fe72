package opd.store.connection;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.impl.DSL;

/// What has to be known of Citus, which spreads schemas over several servers: each facility's
/// tables are on one of them, and any server takes statements and passes them on to that one.
public final class Citus {
  /// Whether the server has it, as a part of a query. Nobody but a superuser makes a function of
  /// this schema.
  static final Field<Boolean> IS_THERE =
      DSL.field("to_regproc('pg_catalog.citus_version') is not null", Boolean.class);

  // Sends each SET LOCAL along with the transaction to the server that holds the facility.
  static final String PROPAGATION = "citus.propagate_set_commands";
  static final String PROPAGATED = "local";
  static final String PLANS = "plan_cache_mode";
  // It makes no plan for values that it does not know yet.
  static final String PLANNED_EACH_TIME = "force_custom_plan";

  /// Lets the SET LOCAL that follow hold for the whole transaction.
  static final CachedStatement PASSING_ON =
      new CachedStatement(
          () -> DSL.query("set local {0} = {1}", DSL.name(PROPAGATION), DSL.inline(PROPAGATED)));

  static final String IDLE = "idle_in_transaction_session_timeout";

  /// Settings that hold on the servers that it passes statements on to as well. There nothing
  /// bounds what is idle: they wait for one another, and not for a person. Plans for the statements
  /// of triggers are kept there: made each time, they would take ten times as long as all else.
  static final List<String> PASSED_ON =
      List.of(
          IDLE,
          "lock_timeout",
          "statement_timeout",
          "tcp_keepalives_idle",
          "tcp_keepalives_interval",
          "tcp_keepalives_count",
          PLANS);

  private static final String COORDINATOR =
      """
      select nodename, nodeport from pg_catalog.pg_dist_node
       where groupid = 0 and noderole = 'primary'
         and exists (select from pg_catalog.pg_dist_local_group where groupid <> 0)
      """;

  private Citus() {}

  /// Whether the connection's server has it, as far as it was asked.
  public static boolean isThere(DSLContext sql) {
    return sql.configuration().data(Citus.class) != null;
  }

  /// Notes it with the connection.
  static void note(DSLContext sql, boolean isThere) {
    if (isThere) {
      sql.configuration().data(Citus.class, true);
    }
  }

  /// The server that schemas and roles are made at.
  record Coordinator(String host, int port) {
    /// The same database there.
    ///
    /// @param url of another server of them
    String in(String url) {
      int start = url.indexOf("//") + 2;
      int end = url.indexOf('/', start);
      String address = host.indexOf(':') < 0 ? host : "[" + host + "]";
      return url.substring(0, start) + address + ":" + port + (end < 0 ? "/" : url.substring(end));
    }
  }

  /// Where the coordinator is, unless the session is there or there is none.
  static Optional<Coordinator> elsewhere(DSLContext sql) {
    return !isThere(sql)
        ? Optional.empty()
        : sql.fetchOptional(COORDINATOR)
            .map((Record row) ->
                new Coordinator(row.get(0, String.class), row.get(1, Integer.class)));
  }

  /// Sets what a session of one's own needs where it is there.
  static void prepare(DSLContext sql) {
    if (!isThere(sql)) {
      return;
    }
    Map.of(
            PROPAGATION,
            PROPAGATED,
            PLANS,
            PLANNED_EACH_TIME,
            // Schemas, roles and tables in one transaction.
            "citus.multi_shard_modify_mode",
            "sequential")
        .forEach((name, value) ->
            sql.fetch("select set_config({0}, {1}, false)", DSL.inline(name), DSL.inline(value)));
  }
}
