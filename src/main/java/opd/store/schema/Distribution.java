package opd.store.schema;

import java.util.Optional;
import opd.domain.ErrorCode;
import opd.domain.FacilityName;
import opd.domain.OpdException;
import opd.store.connection.Citus;
import opd.store.connection.Transaction;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/// What a facility needs beside the rest where Citus spreads facilities over several servers.
public final class Distribution {
  // Citus gives each server numbers of its own for identities, by the upper sixteen bits.
  private static final String CONTINUE =
      """
      do $do$
      declare
          name text;
          here bigint := (select groupid::bigint << 48 from pg_catalog.pg_dist_local_group);
          newest bigint;
      begin
          foreach name in array array['audit_entry', 'patient', 'slot', 'token'] loop
              execute format('select max(id) from ${schema}.%I where id > %s and id < %s',
                  name, here, here + (1::bigint << 48)) into newest;
              if newest > coalesce(pg_sequence_last_value(pg_get_serial_sequence('${schema}.' || name, 'id')::regclass), 0) then
                  perform setval(pg_get_serial_sequence('${schema}.' || name, 'id'), newest);
              end if;
          end loop;
      end $do$
      """;

  private static final String SERVER =
      """
      select n.nodename || ':' || n.nodeport
        from pg_catalog.pg_dist_shard s
        join pg_catalog.pg_dist_placement p on p.shardid = s.shardid
        join pg_catalog.pg_dist_node n on n.groupid = p.groupid and n.noderole = 'primary'
       where s.logicalrelid = {0}::regclass
      """;

  private Distribution() {}

  /// Which server holds the facility; empty where there is but one.
  public static Optional<String> server(Transaction transaction, FacilityName facility) {
    return transaction.isCitus()
        ? Optional.of(
            transaction
                .sql()
                .fetchOptional(SERVER, DSL.val(facility.schema() + ".facility"))
                .map(row -> row.get(0, String.class))
                .orElse("the coordinator, and spread over no others"))
        : Optional.empty();
  }

  /// Lets triggers be made and changed, for the session: on tables that Citus has given to a server
  /// it demands to be told that they are safe. Those of a facility are: all its tables are on one
  /// server, and the triggers look nowhere else.
  static void allowTriggers(DSLContext sql) {
    if (Citus.isThere(sql)) {
      sql.execute("set citus.enable_unsafe_triggers = on");
    }
  }

  /// Continues the numbers behind the rows, on every server.
  static void continueIdentities(DSLContext sql, FacilityName facility) {
    // Its name needs no quotes.
    String command = CONTINUE.replace("${schema}", facility.schema());
    sql
        .fetch(
            "select nodeid, success, result from run_command_on_all_nodes({0})", DSL.val(command))
        .stream()
        .filter(row -> !row.get(1, Boolean.class))
        .findFirst()
        .ifPresent(row -> {
          throw new OpdException(
              ErrorCode.DATABASE_UNAVAILABLE,
              "the numbers of facility %s could not be continued on every server of Citus"
                  .formatted(facility),
              "let every server run, then run 'opd db migrate'");
        });
  }
}
